import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

/** The table that the SDK handler reads one item from. */
export const tableName = "bench-dev";
export const itemKey = "1";

/** Answers `hello` and a number, so that an edit can be told from what was there before. */
export function helloSource(number: number): string {
  return `export const handler = async () => ({ statusCode: 200, body: "hello ${number}" });\n`;
}

function helloCommonJs(number: number): string {
  return helloSource(number).replace("export const handler", "exports.handler");
}

const sdkSource = `import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
const client = new DynamoDBClient({});
export const handler = async () => {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: "${tableName}", Key: { PK: { S: "${itemKey}" } } }),
  );
  return { statusCode: 200, body: JSON.stringify(Item) };
};
`;

const manifest = `import { defineService } from "lambdakit";

const environment = { accountId: "123456789012", region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7 } as const;

export default defineService({
  name: "bench",
  prefix: "bench",
  description: "Two handlers to measure",
  api: { cors: { allowOrigins: ["*"] } },
  tables: { items: { name: "bench-{environment}", partitionKey: "PK" } },
  functions: {
    hello: { description: "Says hello", entry: "hello.ts", routes: ["GET /hello"], auth: "none" },
    sdk: {
      description: "Reads one item",
      entry: "sdk.ts",
      routes: ["GET /sdk"], auth: "none",
      tables: { items: [{ allow: ["GetItem"] }] },
    },
  },
  environments: {
    dev: { ...environment, approval: "none" },
    sit: { ...environment, approval: "confirm" },
    prod: { ...environment, approval: "confirm-and-reason" },
  },
});
`;

const serverlessYml = `service: bench
provider: { name: aws, runtime: nodejs20.x, region: eu-west-1 }
plugins: [serverless-offline]
functions:
  hello: { handler: hello.handler, events: [{ http: { path: hello, method: get } }] }
  sdk: { handler: sdk.handler, events: [{ http: { path: sdk, method: get } }] }
`;

const appArc = `@app
bench

@http
get /hello
get /sdk

@aws
runtime nodejs20.x
`;

/** A project with the same two handlers, as each tool wants it; gives the file to edit and how it reads. */
export interface Project {
  readonly directory: string;
  readonly editedFile: string;
  /** What the file reads after so many edits, and what is answered then at the path. */
  readonly edited: (number: number) => string;
  readonly path: string;
  readonly answer: (number: number) => string;
}

const hello = { path: "/hello", answer: (number: number) => `hello ${number}` };

/** The Product service in a folder of its own, where one handler is edited: it answers for one id by itself. */
export async function productProject(directory: string): Promise<Project> {
  await cp("services/product", directory, {
    recursive: true,
    filter: (file) => !/\.lambdakit|node_modules/.test(file),
  });
  const editedFile = path.join(directory, "src/handlers/get-product.ts");
  const source = await readFile(editedFile, "utf8");
  const start = "productHandler(async (request) => {";
  return {
    directory,
    editedFile,
    edited: (number) =>
      source.replace(
        start,
        `${start}\n  if (readProductId(request) === "PROD-BENCH1") return ok({ edit: ${number} });`,
      ),
    path: "/v1.0/products/PROD-BENCH1",
    answer: (number) => JSON.stringify({ edit: number }),
  };
}

export async function lambdakitProject(directory: string): Promise<Project> {
  const helloFile = path.join(directory, "hello.ts");
  await writeFiles({
    [path.join(directory, "service.ts")]: manifest,
    [path.join(directory, "sdk.ts")]: sdkSource,
    [helloFile]: helloSource(0),
  });
  return { directory, editedFile: helloFile, edited: helloSource, ...hello };
}

export async function serverlessProject(directory: string): Promise<Project> {
  const helloFile = path.join(directory, "hello.js");
  await writeFiles({
    [path.join(directory, "serverless.yml")]: serverlessYml,
    [path.join(directory, "sdk.js")]: await bundledSdkHandler(),
    [helloFile]: helloCommonJs(0),
  });
  return { directory, editedFile: helloFile, edited: helloCommonJs, ...hello };
}

export async function architectProject(directory: string): Promise<Project> {
  const helloFile = path.join(directory, "src/http/get-hello/index.js");
  await writeFiles({
    [path.join(directory, "app.arc")]: appArc,
    [path.join(directory, "src/http/get-sdk/index.js")]: await bundledSdkHandler(),
    [helloFile]: helloCommonJs(0),
  });
  return { directory, editedFile: helloFile, edited: helloCommonJs, ...hello };
}

/** Peers that do not bundle get what a bundler makes of the same source. */
async function bundledSdkHandler(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: sdkSource, resolveDir: process.cwd() },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

async function writeFiles(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
