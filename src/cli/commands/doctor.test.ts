import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { fakeTerraform } from "../../../test/fake-terraform.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { withVariables } from "../../../test/variables.ts";
import { findDynoxide, nextFreePort } from "../../dev/index.ts";
import { checkNode } from "./doctor.ts";

const product = fileURLToPath(new URL("../../../services/product", import.meta.url));

describe("lambdakit doctor", () => {
  it("says that everything is there", async () => {
    await haveTerraform("1.11.4");
    const { exitCode, stdout, stderr } = await lambdakit(["doctor", "--service", product]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe(
      `lambdakit ${packageJson.version} on ${process.platform}-${process.arch}`,
    );
    expect(lines[1]).toBe(`  ok      Node.js       ${process.versions.node}`);
    expect(lines[2]).toMatch(/^ {2}ok {6}table engine {2}\S+$/);
    expect(lines[3]).toBe("  ok      Terraform     1.11.4");
    expect(lines[4]).toMatch(/^ {2}ok {6}AWS provider {2}(\d\S+|none yet; the first .*)$/);
    // It may be missing: only rehearse needs it.
    expect(lines[5]).toMatch(/^ {2}(ok|limited) +moto {10}/);
    expect(lines.findLast(Boolean)).toBe("  ok      service.ts    product, 5 functions");
  });

  it("says the same as one JSON document", async () => {
    await haveTerraform("1.11.4");
    const { exitCode, stdout } = await lambdakit(["doctor", "--service", product, "--json"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      version: packageJson.version,
      checks: [
        { name: "Node.js", status: "ok", found: process.versions.node },
        { name: "table engine", status: "ok", found: expect.any(String) },
        { name: "Terraform", status: "ok", found: "1.11.4" },
        { name: "AWS provider", status: "ok", found: expect.any(String) },
        expect.objectContaining({ name: "moto" }),
        { name: "service.ts", status: "ok", found: "product, 5 functions" },
      ],
    });
  });

  it.each([
    [
      "is none",
      async () => setVariable("PATH", await temporaryFolder()),
      "There is no terraform on this machine's PATH. Only deploying needs it.",
    ],
    [
      "is an old one",
      () => haveTerraform("1.5.7"),
      "This is Terraform 1.5.7, and 1.11 is the oldest that locks a state in S3 alone. Only deploying needs it.",
    ],
  ])(
    "is content without Terraform where there %s, and says how to get it",
    async (_, prepare, found) => {
      await prepare();
      const { exitCode, stdout } = await lambdakit(["doctor", "--service", product]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(
        `\n  limited Terraform     ${found}\n          fix: install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install\n`,
      );
    },
  );

  it("is content without moto, and says how to get it", async () => {
    setVariable("PATH", await temporaryFolder());
    const { exitCode, stdout } = await lambdakit(["doctor", "--service", product]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      "\n  limited moto          There is no moto_server on this machine's PATH. Only rehearse needs it.\n          fix: pip install 'moto[server]>=5.2'\n",
    );
  });

  it("knows the AWS provider that a service was planned with", async () => {
    const stack = ".lambdakit/terraform/dev/stacks/service";
    const folder = await temporaryFolder({
      [`${stack}/.terraform/providers/host/hashicorp/aws/x`]: "",
      [`${stack}/.terraform.lock.hcl`]:
        'provider "host/hashicorp/aws" {\n  version = "5.100.0"\n}\n',
    });
    const { stdout } = await lambdakit(["doctor", "--service", folder]);
    expect(stdout).toContain("\n  ok      AWS provider  5.100.0\n");
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
    setVariable("DYNAMODB_ENDPOINT", endpoint);
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
    setVariable("DYNAMODB_ENDPOINT", undefined);
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

/** What stands for a Terraform of this version is the first in PATH. */
async function haveTerraform(version: string): Promise<void> {
  const out = [{ terraform_version: version }];
  const { program } = await fakeTerraform({ version: { out } });
  setVariable("PATH", [path.dirname(program), process.env.PATH].join(path.delimiter));
}

function setVariable(name: string, value: string | undefined): void {
  onTestFinished(withVariables({ [name]: value }));
}
