import path from "node:path";
import { describe, expect, it } from "vitest";
import product from "../../../services/product/service.ts";
import type { DevServer } from "../../dev/index.ts";
import { validateManifest } from "../../manifest/index.ts";
import { planService } from "../../plan/index.ts";
import { createStyle } from "../style.ts";
import { readyText } from "./ready.ts";

const plain = createStyle(false);

describe("what dev prints when it is ready", () => {
  it("shows each route with a command to paste, where the tables are, and what is lacking", () => {
    expect(readyText(server(), plain)).toMatchInlineSnapshot(`
      "product on http://127.0.0.1:3000

        GET     /v1.0/products  list
          curl http://127.0.0.1:3000/v1.0/products

        GET     /v1.0/products/{productId}  get
          curl http://127.0.0.1:3000/v1.0/products/PROD-ABC123

        POST    /v1.0/products  create  products:write
          curl -X POST http://127.0.0.1:3000/v1.0/products \\
            -H "Authorization: Bearer $(lambdakit token)" \\
            -H 'Content-Type: application/json' \\
            -d '{
            "name": "Test Product",
            "description": "Test",
            "price": "99.99",
            "currency": "ZAR",
            "period": "monthly",
            "features": []
          }'

        PUT     /v1.0/products/{productId}  update  products:write
          curl -X PUT http://127.0.0.1:3000/v1.0/products/PROD-ABC123 \\
            -H "Authorization: Bearer $(lambdakit token)" \\
            -H 'Content-Type: application/json' \\
            -d '{"price":"149.99"}'

        DELETE  /v1.0/products/{productId}  delete  products:write
          curl -X DELETE http://127.0.0.1:3000/v1.0/products/PROD-ABC123 \\
            -H "Authorization: Bearer $(lambdakit token)"

      Tables: products-dev (dynoxide, in memory)
      Not emulated here:
        - backups
      Console: http://127.0.0.1:3000/_console
      Saving a file reloads it. Ctrl-C stops."
    `);
  });

  it("says what is not emulated too, in lines of 80 columns at most", () => {
    const notEmulated = [`nodejs22.x:${" the functions run on another Node.js".repeat(3)}`];
    const text = readyText(server({ notEmulated }), plain);
    expect(text).toContain(`Not emulated here:
  - backups
  - nodejs22.x: the functions run on another Node.js the functions run on
    another Node.js the functions run on another Node.js
Console: http://127.0.0.1:3000/_console
`);
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("says where a debugger attaches", () => {
    const inspector = { url: "ws://127.0.0.1:9229/5e0f" };
    expect(readyText(server({ inspector }), plain)).toContain(
      "\nDebugger: ws://127.0.0.1:9229/5e0f\n",
    );
  });

  it("says nothing of what is lacking where nothing is", () => {
    expect(readyText(server({ engine: engine([]) }), plain)).not.toContain("Not emulated");
  });

  it("shows the folder of the data as it is typed from here", () => {
    const here = path.resolve("services/product/.lambdakit/data");
    expect(readyText(server({ dataDirectory: here }), plain)).toContain(
      `(dynoxide, in ${path.join("services", "product", ".lambdakit", "data")})`,
    );
    const elsewhere = path.resolve("../elsewhere/.lambdakit/data");
    expect(readyText(server({ dataDirectory: elsewhere }), plain)).toContain(
      `(dynoxide, in ${elsewhere})`,
    );
  });

  it("says that a service has no tables and no routes", () => {
    const { tables: _, functions, ...rest } = product;
    const { description, entry } = functions.create;
    const lambda = { description, entry };
    const text = readyText(server({ plan: planOf({ ...rest, functions: { lambda } }) }), plain);
    expect(text.split("\n").slice(0, 3)).toEqual([
      "product on http://127.0.0.1:3000",
      "",
      "Tables: none (dynoxide, in memory)",
    ]);
  });

  it("is the same text in colour", () => {
    const painted = readyText(server(), createStyle(true));
    expect(painted).toContain("\u001b[33mNot emulated here:\u001b[39m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(painted.replaceAll(/\u001b\[\d+m/g, "")).toBe(readyText(server(), plain));
  });
});

function server(changes: Partial<DevServer> = {}): DevServer {
  return {
    url: "http://127.0.0.1:3000",
    plan: planOf(product),
    engine: engine(["backups"]),
    notEmulated: [],
    dataDirectory: undefined,
    inspector: undefined,
    token: async () => "",
    tokenCommand: "lambdakit token",
    stop: async () => {},
    ...changes,
  };
}

function engine(lacks: readonly string[]): DevServer["engine"] {
  return { name: "dynoxide", endpoint: "http://127.0.0.1:8000", lacks };
}

function planOf(definition: object): DevServer["plan"] {
  const validation = validateManifest(definition);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return planService(validation.manifest, "dev");
}
