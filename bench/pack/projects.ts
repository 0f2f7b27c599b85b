/** The same functions as a project of each packager: a shared store and model, and a module of each function's own. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

export type Files = Readonly<Record<string, string>>;

/** The module that no other function than the first one has. */
export const privateModule = "src/rules/f001.ts";

export function writeProject(directory: string, files: Files, nodeModules: string): string {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  symlinkSync(nodeModules, path.join(directory, "node_modules"));
  return directory;
}

export function functionKeys(count: number): string[] {
  return Array.from({ length: count }, (_, number) => `f${String(number + 1).padStart(3, "0")}`);
}

export function sourceFiles(count: number): Files {
  return {
    "package.json": JSON.stringify({
      name: "bench",
      version: "1.0.0",
      type: "module",
      dependencies: {
        "@aws-sdk/client-dynamodb": "3.1164.0",
        "@aws-sdk/lib-dynamodb": "3.1162.0",
        zod: "4.6.7",
      },
    }),
    "src/store.ts": store,
    "src/model.ts": model,
    ...Object.fromEntries(
      functionKeys(count).flatMap((key) => [
        [`src/rules/${key}.ts`, rules(key)],
        [`src/handlers/${key}.ts`, handler(key)],
      ]),
    ),
  };
}

const store = `import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE;

export async function put(Item: Record<string, unknown>) {
  await client.send(new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(PK)" }));
}

export async function get(PK: string) {
  return (await client.send(new GetCommand({ TableName, Key: { PK } }))).Item;
}
`;

const model = `import * as z from "zod";

export const order = z.strictObject({
  name: z.string().min(1).max(200),
  price: z.string().regex(/^\\d+(\\.\\d+)?$/),
  features: z.array(z.string()).max(50).default([]),
});
`;

function rules(key: string): string {
  return `export function keyOf(name: string): string {
  return \`${key}#\${name.trim().toLowerCase()}\`;
}
`;
}

function handler(key: string): string {
  return `import { order } from "../model.ts";
import { keyOf } from "../rules/${key}.ts";
import { get, put } from "../store.ts";

export const handler = async (event: { body: string }) => {
  const parsed = order.safeParse(JSON.parse(event.body));
  if (!parsed.success) return { statusCode: 400, body: JSON.stringify(parsed.error.issues) };
  const PK = keyOf(parsed.data.name);
  await put({ PK, ...parsed.data });
  return { statusCode: 201, body: JSON.stringify(await get(PK)) };
};
`;
}
