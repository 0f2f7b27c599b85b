import { rm } from "node:fs/promises";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { productCopy } from "../../../test/product-copy.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";

let service: string | undefined;

afterEach(async () => {
  if (service !== undefined) await rm(service, { recursive: true, force: true });
});

describe("lambdakit eject", () => {
  it("says where the stack is, and what to type there", async () => {
    service = await productCopy();
    const { exitCode, stdout, stderr } = await lambdakit(["eject", "--service", service, "--json"]);
    expect(exitCode, stdout + stderr).toBe(0);
    const { directory, commands } = JSON.parse(stdout);
    expect(path.relative(service, directory)).not.toMatch(/^\.\./);
    expect(commands).toMatchObject([
      { environment: "dev", init: expect.stringMatching(/^terraform init /) },
      { environment: "sit" },
      { environment: "prod" },
      { environment: "prod-standby" },
    ]);
  });
});
