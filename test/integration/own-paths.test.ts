/** What answers beside a service's routes, on the same port. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { serviceSource, useService } from "../served-service.ts";

const run = promisify(execFile);

describe("a service that has a route for every path", { timeout: 60_000 }, () => {
  const served = useService({
    "service.ts": serviceSource({
      all: {
        routes: ["GET /{proxy+}", "POST /{proxy+}"],
        auth: "none",
        example: { pathParameters: { proxy: "any" } },
      },
      hidden: {},
    }),
    "all.ts": "export const handler = async ({ path }) => ({ statusCode: 200, body: path });",
    "hidden.ts": 'export const handler = async ({ who }) => "hello " + who;',
  });

  it("gets every path", async () => {
    for (const asked of ["/a", "/a/_console", "/_consoles", "/_openapi.jsonl"]) {
      expect(await served.ask(`GET ${asked}`)).toMatchObject({ status: 200, text: asked });
    }
  });

  it("but that of its description, which names its routes and where it is", async () => {
    const { status, headers, json } = await served.ask("GET /_openapi.json");
    expect([status, headers.get("Content-Type")]).toEqual([200, "application/json"]);
    expect(json).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\./),
      servers: [{ url: served.url }],
    });
    expect(Object.keys(json.paths)).toEqual(["/{proxy}"]);
  });

  it("and that of its console, which has all that it needs", async () => {
    const { status, headers, text } = await served.ask("GET /_console/");
    expect([status, headers.get("Content-Type")]).toEqual([
      200,
      expect.stringMatching(/^text\/html/),
    ]);
    const needed = [...text.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, name = ""]) => name);
    expect(needed.length).toBeGreaterThan(1);
    for (const name of needed) {
      const { pathname, origin } = new URL(name, `${served.url}/_console/`);
      expect([name, origin]).toEqual([name, served.url]);
      const asset = await served.ask(`GET ${pathname}`);
      expect([name, asset.status, asset.text === pathname]).toEqual([name, 200, false]);
    }
  });

  it("and its functions are invoked by their names, routes or not", async () => {
    const { status, json } = await served.invoke("acme-trial-hidden-dev", { who: "Ada" });
    expect([status, json]).toEqual([200, "hello Ada"]);
  });

  it("and the AWS command line invokes them", { timeout: 120_000 }, async ({ skip }) => {
    await run("aws", ["--version"]).catch(() => skip("aws --version does not work here"));
    const folder = await mkdtemp(path.join(tmpdir(), "lambdakit-"));
    try {
      const [input, output] = [path.join(folder, "input.json"), path.join(folder, "output.json")];
      await writeFile(input, '{"who":"Ada"}');
      await run(
        "aws",
        [
          "lambda",
          "invoke",
          "--endpoint-url",
          served.url,
          "--function-name",
          "acme-trial-hidden-dev",
          "--payload",
          `fileb://${input}`,
          output,
        ],
        {
          env: {
            PATH: process.env.PATH,
            HOME: folder,
            AWS_DEFAULT_REGION: "eu-west-1",
            AWS_ACCESS_KEY_ID: "local",
            AWS_SECRET_ACCESS_KEY: "local",
          },
        },
      );
      expect(JSON.parse(await readFile(output, "utf8"))).toBe("hello Ada");
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
