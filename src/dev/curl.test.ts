import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RoutePlan } from "../plan/index.ts";
import * as curl from "./curl.ts";

const baseUrl = "http://127.0.0.1:3000";

function route(change: Partial<RoutePlan>, example: Partial<RoutePlan["example"]> = {}): RoutePlan {
  return {
    method: "POST",
    path: "/v1.0/products",
    function: "create",
    auth: { type: "none" },
    throttling: null,
    from: "functions.create.routes[0]",
    ...change,
    example: { pathParameters: {}, query: {}, body: null, ...example },
    parameters: [],
    body: null,
    responses: [],
  };
}

const curlCommand = (url: string, of: RoutePlan) => curl.curlCommand(url, of, "lambdakit token");

/** The arguments that a shell gives to `curl` when the command is pasted into it. */
function argumentsOf(command: string): string[] {
  const shell = spawnSync(
    "/bin/sh",
    ["-c", `curl() { for one; do printf '%s\\0' "$one"; done; }\n${command}\n`],
    { encoding: "utf8", env: { HOME: "/nonexistent" } },
  );
  expect(shell.stderr).toBe("");
  return shell.stdout.split("\0").slice(0, -1);
}

describe("the curl command of a route", () => {
  it("is nothing but the URL where it gets something", () => {
    expect(curlCommand(baseUrl, route({ method: "GET" }))).toBe(
      "curl http://127.0.0.1:3000/v1.0/products",
    );
  });

  it("names the method where it does more than get", () => {
    expect(curlCommand(baseUrl, route({ method: "DELETE" }))).toBe(
      "curl -X DELETE http://127.0.0.1:3000/v1.0/products",
    );
  });

  it("has the shell ask for a token where the route wants one", () => {
    const jwt = { type: "jwt", scopes: ["products:write"] } as const;
    const command = curlCommand(baseUrl, route({ method: "DELETE", auth: jwt }));
    expect(command).toBe(
      [
        "curl -X DELETE http://127.0.0.1:3000/v1.0/products \\",
        '  -H "Authorization: Bearer $(lambdakit token)"',
      ].join("\n"),
    );
    const shell = `lambdakit() { echo "a.b-$1"; }\n${command}`;
    expect(argumentsOf(shell)).toContain("Authorization: Bearer a.b-token");
  });

  it("fills in the path parameters of the example, and leaves the names of others", () => {
    const path = "/shops/{shopId}/files/{proxy+}/{other}";
    const pathParameters = { shopId: "S-1", proxy: "a/b.txt" };
    expect(curlCommand(baseUrl, route({ method: "GET", path }, { pathParameters }))).toBe(
      "curl http://127.0.0.1:3000/shops/S-1/files/a/b.txt/other",
    );
  });

  it("quotes a URL with a query, and encodes its values", () => {
    const query = { limit: "10", q: "it's a b&c=d+é#$HOME" };
    const [url = "", ...rest] = argumentsOf(
      curlCommand(baseUrl, route({ method: "GET" }, { query })),
    );
    expect(rest).toEqual([]);
    const { origin, pathname, hash, searchParams } = new URL(url);
    expect([origin + pathname, hash]).toEqual([`${baseUrl}/v1.0/products`, ""]);
    expect(Object.fromEntries(searchParams)).toEqual(query);
  });

  it("puts a short body on one line", () => {
    expect(curlCommand(baseUrl, route({}, { body: { price: "149.99" } }))).toBe(
      [
        "curl -X POST http://127.0.0.1:3000/v1.0/products \\",
        "  -H 'Content-Type: application/json' \\",
        `  -d '{"price":"149.99"}'`,
      ].join("\n"),
    );
  });

  it("puts a long body on lines of its own", () => {
    const body = { name: "Test Product", description: "A body of more than sixty characters" };
    const command = curlCommand(baseUrl, route({}, { body }));
    expect(command).toContain(`-d '{\n  "name": "Test Product",\n`);
    expect(JSON.parse(argumentsOf(command).at(-1) ?? "")).toEqual(body);
  });

  it.each([
    ["apostrophes", { name: "it's", other: "'" }],
    ["quotation marks", { name: 'say "hi"' }],
    ["what a shell would expand", { name: "$HOME `id` $(id) !! * ~ \\ %s" }],
    ["line breaks", { name: "a\nb\r\nc" }],
    ["a null byte", { name: "a\u0000b" }],
    ["no ASCII", { name: "Žluťoučký kůň 🐎" }],
    ["many apostrophes on many lines", { list: Array.from({ length: 20 }, (_, at) => `'${at}'`) }],
  ])("is valid shell where the body has %s", (_, body) => {
    expect(argumentsOf(curlCommand(baseUrl, route({}, { body })))).toEqual([
      "-X",
      "POST",
      `${baseUrl}/v1.0/products`,
      "-H",
      "Content-Type: application/json",
      "-d",
      expect.toSatisfy((text) => {
        expect(JSON.parse(text)).toEqual(body);
        return true;
      }),
    ]);
  });

  it("is valid shell for any body and any query", () => {
    const text = fc.string({ unit: fc.constantFrom(..."'\"\\$`!*&|;#()<> \n\ta~%=?") });
    fc.assert(
      fc.property(
        fc.dictionary(text, text, { maxKeys: 3 }),
        fc.dictionary(text, text, { maxKeys: 3 }),
        (body, query) => {
          const given = argumentsOf(curlCommand(baseUrl, route({}, { body, query })));
          expect(given).toHaveLength(7);
          expect(JSON.parse(given[6] ?? "")).toEqual(JSON.parse(JSON.stringify(body)));
          const { searchParams } = new URL(given[2] ?? "");
          expect([...searchParams]).toEqual(Object.entries(query));
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each(["a b", "a&b", "a;b", "it's", "$HOME", "a'b\"c`d", "100%", "é"])(
    "is valid shell where a path parameter has characters of a shell or of a URL: %s",
    (name) => {
      const filled = route({ method: "GET", path: "/x/{name}" }, { pathParameters: { name } });
      const given = argumentsOf(curlCommand(baseUrl, filled));
      expect(given).toHaveLength(1);
      const { pathname, search } = new URL(given[0] ?? "");
      expect([decodeURIComponent(pathname), search]).toEqual([`/x/${name}`, ""]);
    },
  );

  it("leaves the slashes of a greedy path parameter, and encodes those of any other", () => {
    const pathParameters = { name: "a/b c" };
    const command = (path: string) =>
      curlCommand(baseUrl, route({ method: "GET", path }, { pathParameters }));
    expect(command("/x/{name}")).toBe(`curl ${baseUrl}/x/a%2Fb%20c`);
    expect(command("/x/{name+}")).toBe(`curl ${baseUrl}/x/a/b%20c`);
  });
});
