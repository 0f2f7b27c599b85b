import { createPublicKey, verify } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { listen } from "../gateway/listen.ts";
import { issueToken } from "./issue-token.ts";
import { issuerMount } from "./issuer-mount.ts";
import { localIssuer } from "./local-issuer.ts";
import { openSigningKey } from "./signing-key.ts";

const claims = {
  issuer: localIssuer(3000).issuer,
  audience: "products",
  subject: "developer",
  scopes: ["products:write", "products:read"],
  issuedAt: 1_795_000_000,
  expiresAt: 1_795_003_600,
};

describe("the local issuer's key", () => {
  it("is made once, for nobody else to read", async () => {
    const home = path.join(await temporaryFolder(), ".lambdakit");
    const [first, ...others] = await Promise.all(
      Array.from({ length: 4 }, () => openSigningKey(home)),
    );
    for (const other of others) expect(other).toEqual(first);
    expect((await stat(path.join(home, "issuer.json"))).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(first?.publicKey)).not.toContain('"d"');
  });

  it("is another one after it was rotated", async () => {
    const home = await temporaryFolder();
    const before = await openSigningKey(home);
    const after = await openSigningKey(home, true);
    expect(after.kid).not.toBe(before.kid);
    expect(await openSigningKey(home)).toEqual(after);
    expect((await stat(path.join(home, "issuer.json"))).mode & 0o777).toBe(0o600);
  });

  it("is refused where the file holds none, with what to do", async () => {
    const home = await temporaryFolder();
    for (const text of ["", "{}", '{"privateKey":"secret"}']) {
      await writeFile(path.join(home, "issuer.json"), text);
      const failure = await openSigningKey(home).catch((error) => error);
      expect(failure).toMatchObject({ code: "DEV_ISSUER_KEY" });
      expect(failure.message).not.toContain("secret");
    }
    await openSigningKey(home, true);
    expect(await readFile(path.join(home, "issuer.json"), "utf8")).toContain("PRIVATE KEY");
  });
});

describe("a token of the local issuer", () => {
  it("is signed with its key, and says who may do what until when", async () => {
    const key = await openSigningKey(await temporaryFolder());
    const [header = "", body = "", signature = ""] = issueToken(key, claims).split(".");
    const decoded = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
    expect(decoded(header)).toEqual({ alg: "RS256", typ: "at+jwt", kid: key.kid });
    expect(decoded(body)).toEqual({
      iss: "http://127.0.0.1:3000/_lambdakit/issuer",
      aud: "products",
      sub: "developer",
      scope: "products:write products:read",
      iat: 1_795_000_000,
      nbf: 1_795_000_000,
      exp: 1_795_003_600,
    });
    const publicKey = createPublicKey({ key: { ...key.publicKey }, format: "jwk" });
    const signed = Buffer.from(`${header}.${body}`);
    expect(verify("sha256", signed, publicKey, Buffer.from(signature, "base64url"))).toBe(true);
  });
});

describe("what the local issuer serves", () => {
  async function served(home: string) {
    const mount = issuerMount(async () => (await openSigningKey(home)).publicKey);
    const listening = await listen(
      createServer((request, response) => void mount.handle(request, response)),
      0,
    );
    onTestFinished(() => listening.close());
    return localIssuer(listening.port);
  }

  it("leads a verifier from its name to its keys, also after they were rotated", async () => {
    const home = await temporaryFolder();
    const { issuer, jwksUri } = await served(home);
    const about = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    expect(about).toMatchObject({ issuer, jwks_uri: jwksUri });
    for (const rotate of [false, true]) {
      const { publicKey } = await openSigningKey(home, rotate);
      expect(await (await fetch(jwksUri)).json()).toEqual({ keys: [publicKey] });
    }
  });

  it("gives out public keys and nothing else, to nobody's script", async () => {
    const home = await temporaryFolder();
    const { issuer, jwksUri } = await served(home);
    const answer = await fetch(jwksUri);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(Object.keys(((await answer.json()) as { keys: [object] }).keys[0]).sort()).toEqual([
      "alg",
      "e",
      "kid",
      "kty",
      "n",
      "use",
    ]);
    expect((await fetch(`${issuer}/token`)).status).toBe(404);
    expect((await fetch(jwksUri, { method: "POST" })).status).toBe(405);
  });
});
