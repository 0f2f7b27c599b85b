import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { lambdakit } from "../../../test/recording-terminal.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { findDynoxide, nextFreePort } from "../../dev/index.ts";
import { checkNode } from "./doctor.ts";

const product = fileURLToPath(new URL("../../../services/product", import.meta.url));

describe("lambdakit doctor", () => {
  it("says that everything is there", async () => {
    const { exitCode, stdout, stderr } = await lambdakit(["doctor", "--service", product]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe(
      `lambdakit ${packageJson.version} on ${process.platform}-${process.arch}`,
    );
    expect(lines[1]).toBe(`  ok      Node.js       ${process.versions.node}`);
    expect(lines[2]).toMatch(/^ {2}ok {6}table engine {2}\S+$/);
    expect(lines[3]).toBe("  ok      service.ts    product, 5 functions");
  });

  it("says the same as one JSON document", async () => {
    const { exitCode, stdout } = await lambdakit(["doctor", "--service", product, "--json"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      version: packageJson.version,
      checks: [
        { name: "Node.js", status: "ok", found: process.versions.node },
        { name: "table engine", status: "ok", found: expect.any(String) },
        { name: "service.ts", status: "ok", found: "product, 5 functions" },
      ],
    });
  });

  it("misses no service where there is none", async () => {
    const folder = await temporaryFolder();
    const { exitCode, stdout } = await lambdakit(["doctor", "--service", folder]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`ok      service.ts    none in ${folder}`);
  });

  it("misses a service that has problems, and says how to see them", async () => {
    const folder = await temporaryFolder({ "service.ts": "export default {};\n" });
    const { exitCode, stdout } = await lambdakit(["doctor", "--service", folder]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /missing service\.ts {4}service\.ts has \d problems\.\n {10}fix: lambdakit explain\n/,
    );
  });

  it("misses a table engine at DYNAMODB_ENDPOINT that does not answer", async () => {
    const endpoint = `http://127.0.0.1:${await nextFreePort(49_152)}`;
    setEndpoint(endpoint);
    const { exitCode, stdout } = await lambdakit(["doctor", "--service", product, "--json"]);
    expect(exitCode).toBe(1);
    const { ok, checks } = JSON.parse(stdout);
    expect(ok).toBe(false);
    expect(checks[1]).toEqual({
      name: "table engine",
      status: "missing",
      found: expect.stringContaining(`Nothing that speaks DynamoDB answers at ${endpoint}: `),
      fix: "start it, or unset DYNAMODB_ENDPOINT to use the embedded engine",
    });
  });

  it.runIf(findDynoxide())("starts the embedded engine where no other is named", async () => {
    setEndpoint(undefined);
    const { stdout } = await lambdakit(["doctor", "--service", product]);
    expect(stdout).toContain("ok      table engine  dynoxide\n");
  });
});

describe("the check of Node.js", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("is content with %s", (version) => {
    expect(checkNode(version)).toEqual({ name: "Node.js", status: "ok", found: version });
  });

  it.each(["20.18.3", "18.20.8", "nothing"])("asks for a newer one than %s", (version) => {
    expect(checkNode(version)).toEqual({
      name: "Node.js",
      status: "missing",
      found: version,
      fix: "install Node.js 20.19 or newer",
    });
  });

  it("asks for the version that package.json asks for", () => {
    const [, oldest = ""] = /^>=(\d+\.\d+)$/.exec(packageJson.engines.node) ?? [];
    expect(checkNode(oldest).status).toBe("ok");
    expect(checkNode("0.0.0").fix).toContain(`Node.js ${oldest} `);
  });
});

function setEndpoint(endpoint: string | undefined): void {
  const before = process.env.DYNAMODB_ENDPOINT;
  assign(endpoint);
  onTestFinished(() => assign(before));
}

function assign(endpoint: string | undefined): void {
  if (endpoint === undefined) delete process.env.DYNAMODB_ENDPOINT;
  else process.env.DYNAMODB_ENDPOINT = endpoint;
}
