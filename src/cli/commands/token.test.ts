import { mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { greeter, greeterManifest } from "../../../test/dev-servers.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";

/** A greeter that greets whoever has both scopes. */
async function guarded(): Promise<string> {
  const manifest = greeterManifest
    .replace(/auth: "none"/, 'auth: { scopes: ["greet:b", "greet:a"] }')
    .replace(
      "logRetentionDays: 7,",
      'logRetentionDays: 7, jwt: { issuer: "https://login.example.com", audience: ["greeters", "others"] },',
    );
  expect(manifest).toContain("greet:b");
  return greeter({ "service.ts": manifest });
}

const token = (service: string, ...args: string[]) =>
  lambdakit(["token", "--service", service, ...args]);

const claims = (text: string) =>
  JSON.parse(Buffer.from(text.split(".")[1] ?? "", "base64url").toString());

describe("lambdakit token", () => {
  it("prints a token and nothing else, with all scopes of the service, for its first audience", async () => {
    const service = await guarded();
    const { exitCode, stdout, stderr } = await token(service);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const { iss, aud, sub, scope, iat, exp } = claims(stdout);
    expect({ iss, aud, sub, scope, lasts: exp - iat }).toEqual({
      iss: "http://127.0.0.1:3000/_lambdakit/issuer",
      aud: "greeters",
      sub: "developer",
      scope: "greet:a greet:b",
      lasts: 3_600,
    });
    const { mode } = await stat(path.join(service, ".lambdakit", "issuer.json"));
    expect(mode & 0o777).toBe(0o600);
  });

  it("says what it is told to say, and in JSON what it has said", async () => {
    const service = await guarded();
    const options = [
      "--scope",
      " x  y ",
      "--subject",
      "me",
      "--audience",
      "them",
      "--port",
      "4000",
    ];
    const { stdout } = await token(service, ...options, "--expires", "15m", "--json");
    const { token: text, ...told } = JSON.parse(stdout);
    expect(told).toEqual({
      issuer: "http://127.0.0.1:4000/_lambdakit/issuer",
      audience: "them",
      subject: "me",
      scopes: ["x", "y"],
      expiresAt: expect.stringMatching(/^20\d\d-.*Z$/),
    });
    expect(claims(text)).toMatchObject({ scope: "x y", sub: "me", aud: "them" });
    expect(claims((await token(service, "--scope", "")).stdout).scope).toBe("");
  });

  it("signs with another key once that was rotated", async () => {
    const service = await guarded();
    await mkdir(path.join(service, ".lambdakit"), { recursive: true });
    const keyOf = async (...args: string[]) => {
      const { stdout } = await token(service, ...args);
      return JSON.parse(Buffer.from(stdout.split(".")[0] ?? "", "base64url").toString()).kid;
    };
    const first = await keyOf();
    expect(await keyOf()).toBe(first);
    const second = await keyOf("--rotate-key");
    expect(second).not.toBe(first);
    expect(await keyOf()).toBe(second);
    expect(await readFile(path.join(service, ".lambdakit", "issuer.json"), "utf8")).toContain(
      "KEY",
    );
  });

  it.each([
    ["--expires", "soon"],
    ["--port", "70000"],
  ])("refuses %s %s", async (...option) => {
    const { exitCode, stderr } = await token(await guarded(), ...option);
    expect(exitCode).toBe(64);
    expect(stderr).toContain("error CLI_BAD_VALUE");
  });
});
