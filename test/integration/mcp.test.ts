/** The server of tools, asked by the protocol's own client. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Named by values: to check types, nobody needs to have installed it.
const sdk = "@modelcontextprotocol/sdk/client";
const [{ Client }, { StdioClientTransport }] = await Promise.all([
  import(/* @vite-ignore */ `${sdk}/index.js`),
  import(/* @vite-ignore */ `${sdk}/stdio.js`),
]);

interface Answer {
  readonly isError: boolean;
  readonly content: readonly { readonly text: string }[];
  readonly structuredContent?: unknown;
}

describe("lambdakit mcp, with the official client", { timeout: 120_000 }, () => {
  const client = new Client({ name: "test", version: "1" });
  const ask = (name: string, input: object = {}): Promise<Answer> =>
    client.callTool({ name, arguments: input }, undefined, { timeout: 120_000 });

  beforeAll(async () => {
    const service = path.join(root, "services/product");
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [path.join(root, "dist/cli/bin.js"), "mcp", "--quiet", "--service", service],
      }),
    );
  }, 120_000);

  afterAll(() => client.close());

  it("introduces itself, and says what it may", () => {
    expect(client.getServerVersion().name).toBe("lambdakit");
    expect(client.getInstructions()).toContain("None changes PROD");
  });

  it("lists its tools, in a form that the client takes", async () => {
    const { tools } = await client.listTools();
    const names = tools.map(({ name }: { name: string }) => name);
    expect(names).toContain("explain");
    expect(names).not.toContain("deploy");
  });

  it("says what a command says", async () => {
    // By then it knows the schemas, and holds against them what it is given.
    await client.listTools();
    const { isError, content, structuredContent } = await ask("explain", { env: "prod" });
    expect(isError).toBe(false);
    expect(structuredContent).toEqual(JSON.parse(content[0]?.text ?? ""));
    expect(JSON.parse(content[0]?.text ?? "")).toMatchObject({
      service: "product",
      environment: "prod",
    });
  });

  it("gives an error with its fix, and goes on", async () => {
    const { isError, content } = await ask("logs", { since: "yesterday-ish" });
    const { error } = JSON.parse(content[0]?.text ?? "");
    expect([isError, error.code]).toEqual([true, "CLI_BAD_VALUE"]);
    expect(error.fix).not.toBe("");
    expect((await ask("explain")).isError).toBe(false);
  });

  it("has no tool that is not there", async () => {
    await expect(ask("destroy")).rejects.toThrow("There is no tool destroy.");
  });
});
