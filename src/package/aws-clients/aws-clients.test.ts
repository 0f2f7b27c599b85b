/** AWS's own packages, bundled for a function and run as Lambda would, in a process of its own. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { symlink } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { EventStreamCodec } from "@smithy/core/event-streams";
import { fromUtf8, toUtf8 } from "@smithy/core/serde";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { writeFiles } from "../../system/index.ts";
import { bundleArtifacts } from "../artifact-bundle/bundle-artifacts.ts";
import type { BundledFunction } from "../contents/contents.ts";

const run = promisify(execFile);
const credentials = { AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" };

const asksTable = `
import { DescribeLimitsCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
export const handler = async () => {
  await new DynamoDBClient({}).send(new DescribeLimitsCommand({}));
  return process.moduleLoadList.filter((one) => one.includes("webstreams/readablestream"));
};`;
const invokesStreaming = `
import { InvokeWithResponseStreamCommand, LambdaClient } from "@aws-sdk/client-lambda";
export const handler = async () => {
  const answer = await new LambdaClient({}).send(new InvokeWithResponseStreamCommand({ FunctionName: "f" }));
  const texts = [];
  for await (const { PayloadChunk } of answer.EventStream) texts.push(Buffer.from(PayloadChunk.Payload).toString());
  return texts;
};`;

describe("AWS's clients in a function", () => {
  const maxAttempts = `
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
export const handler = () => new DynamoDBClient({}).config.maxAttempts();`;
  const home = async () =>
    temporaryFolder({ ".aws/config": "[default]\nmax_attempts = 7\n", ".aws/credentials": "" });

  it("do not read the configuration of whoever has a home", async () => {
    const { get } = await bundle({ get: maxAttempts });
    expect(await answerOf(get, { HOME: await home() })).not.toBe(7);
  });

  it("read the configuration that a variable names", async () => {
    const { get } = await bundle({ get: maxAttempts });
    const AWS_CONFIG_FILE = path.join(await home(), ".aws/config");
    expect(await answerOf(get, { AWS_CONFIG_FILE })).toBe(7);
  });

  it("ask a table without loading web streams", async () => {
    const { get } = await bundle({ get: asksTable });
    const AWS_ENDPOINT_URL = await serve((_, response) => response.end("{}"));
    expect(await answerOf(get, { AWS_ENDPOINT_URL })).toEqual([]);
  });

  it("know a web stream when they see one", async () => {
    const { get } = await bundle({
      get: `
import { isReadableStream } from "@smithy/core/serde";
export const handler = () => [new ReadableStream(), new Blob([""]).stream(), {}, null].map(isReadableStream);`,
    });
    expect(await answerOf(get, {})).toEqual([true, true, false, false]);
  });
});

describe("event streams", () => {
  const inside = ({ inputs }: BundledFunction) =>
    inputs.some(({ path: file, bytes }) => bytes > 0 && file.includes("/event-streams/"));

  it("are left out where no client has any", async () => {
    expect(inside((await bundle({ get: asksTable })).get)).toBe(false);
  });

  it("are there where a client has them, and work", async () => {
    const { get } = await bundle({ get: invokesStreaming });
    const codec = new EventStreamCodec(toUtf8, fromUtf8);
    const event = (type: string, text: string) =>
      codec.encode({
        headers: {
          ":message-type": { type: "string", value: "event" },
          ":event-type": { type: "string", value: type },
        },
        body: Buffer.from(text),
      });
    const AWS_ENDPOINT_URL = await serve((_, response) => {
      response.setHeader("Content-Type", "application/vnd.amazon.eventstream");
      response.write(event("PayloadChunk", "one"));
      response.end(event("PayloadChunk", "two"));
    });
    expect(await answerOf(get, { AWS_ENDPOINT_URL })).toEqual(["one", "two"]);
  });

  it("of one function are not in another", async () => {
    const { get: alone } = await bundle({ get: asksTable });
    const { get } = await bundle({ get: asksTable, other: invokesStreaming });
    expect(get.files).toEqual(alone.files);
  });
});

async function bundle<Key extends string>(
  sources: Readonly<Record<Key, string>>,
): Promise<Record<Key, BundledFunction>> {
  const files = Object.entries<string>(sources).map(([key, text]) => [`src/${key}.ts`, text]);
  const directory = await temporaryFolder({
    "package.json": '{ "name": "service", "type": "module" }',
    ...Object.fromEntries(files),
  });
  await symlink(path.resolve("node_modules"), path.join(directory, "node_modules"));
  const bundles = await bundleArtifacts(
    directory,
    Object.keys(sources).map((key) => ({ key, entry: `src/${key}.ts`, runtime: "nodejs22.x" })),
  );
  return Object.fromEntries(bundles.map((one) => [one.key, one])) as never;
}

/** What a function answers in a process that has these variables, and Lambda's own. */
async function answerOf(
  { files }: BundledFunction,
  variables: Readonly<Record<string, string>>,
): Promise<unknown> {
  const folder = await temporaryFolder();
  await writeFiles(
    Object.entries(files).map(([name, contents]) => ({ path: path.join(folder, name), contents })),
  );
  const program = `console.log(JSON.stringify(await (await import("./index.mjs")).handler()))`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: folder,
    env: { AWS_REGION: "eu-west-1", ...credentials, ...variables },
  });
  return JSON.parse(stdout);
}

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
