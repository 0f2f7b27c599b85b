/** The local Lambda API as AWS's own clients see it. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { listen } from "../../src/dev/gateway/listen.ts";
import type { DevServer } from "../../src/dev/index.ts";
import { startLocalService } from "../../src/testing/index.ts";

const run = promisify(execFile);

const service = `
import { defineService } from "lambdakit";
const environment = { accountId: "123456789012", region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7 } as const;
export default defineService({
  name: "hello",
  prefix: "acme",
  description: "Says hello",
  api: { cors: { allowOrigins: ["*"] } },
  functions: {
    echo: { description: "Echoes", entry: "echo.ts", routes: ["GET /echo"], auth: "none" },
    fail: { description: "Fails", entry: "fail.ts" },
    touch: { description: "Writes a file", entry: "touch.ts" },
  },
  environments: {
    dev: { ...environment, approval: "none" },
    sit: { ...environment, approval: "confirm" },
    prod: { ...environment, approval: "confirm-and-reason" },
  },
});
`;
const echo = `
export const handler = async (event, context) => {
  console.log("echoing");
  return { event, custom: context.clientContext?.custom ?? null };
};
`;
const fail = `
export const handler = async () => {
  throw new TypeError("it was meant to");
};
`;
/** It leaves its mark on the other side of the wire: there is nobody to give it to. */
const touch = `
export const handler = async ({ url }) => {
  await fetch(url, { headers: { "X-Mark": "touched" } });
};
`;

const allowed = { timeout: 120_000 };
let directory: string;
let server: DevServer;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "lambdakit-"));
  const files = { "service.ts": service, "echo.ts": echo, "fail.ts": fail, "touch.ts": touch };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(directory, name), text);
  }
  server = await startLocalService(directory);
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const checked = new Map<string, Promise<boolean>>();

/** Asked once: the AWS command line takes half a second to say its version. */
function works(program: string, check: readonly string[]): Promise<boolean> {
  const known = checked.get(program);
  if (known !== undefined) return known;
  const works = run(program, check).then(
    () => true,
    () => false,
  );
  checked.set(program, works);
  return works;
}

/** Runs a program, or skips the test and says why, where this machine does not have it. */
async function foreign(
  { skip }: TestContext,
  [program, ...check]: readonly [string, ...string[]],
  args: readonly string[],
): Promise<Finished> {
  if (!(await works(program, check)))
    skip(`${program} ${check.join(" ")} does not work on this machine`);
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_ENDPOINT_URL_LAMBDA: server.url,
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_MAX_ATTEMPTS: "1",
    AWS_PAGER: "",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
  return run(program, args, { env }).then(
    (output) => ({ code: 0, ...output }),
    (error) => error,
  );
}

describe("the AWS command line", () => {
  const cli = ["aws", "--version"] as const;
  const answerFile = () => path.join(directory, "answer.json");

  async function invoke(context: TestContext, ...args: string[]) {
    const all = ["lambda", "invoke", "--output", "json", ...args, answerFile()];
    const finished = await foreign(context, cli, all);
    return {
      ...finished,
      said: finished.code === 0 ? JSON.parse(finished.stdout) : undefined,
      payload: await readFile(answerFile(), "utf8").catch(() => ""),
    };
  }

  it("invokes a function", allowed, async (context) => {
    const { said, payload, stderr } = await invoke(
      context,
      ...["--function-name", "acme-hello-echo-dev", "--payload", '{"a":"b"}'],
      ...(await rawPayload()),
    );
    expect(stderr).toBe("");
    expect(said).toEqual({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(JSON.parse(payload)).toEqual({ event: { a: "b" }, custom: null });
  });

  it("invokes a function by its ARN, and without a payload", allowed, async (context) => {
    const arn = "arn:aws:lambda:eu-west-1:123456789012:function:acme-hello-echo-dev";
    const { payload } = await invoke(context, "--function-name", arn);
    expect(JSON.parse(payload)).toEqual({ event: {}, custom: null });
  });

  it("shows the end of the log", allowed, async (context) => {
    const { said } = await invoke(
      context,
      ...["--function-name", "acme-hello-echo-dev", "--log-type", "Tail"],
    );
    const log = Buffer.from(said.LogResult, "base64").toString();
    expect(log).toMatch(/^START RequestId: .*\n/m);
    expect(log).toMatch(/\tINFO\techoing\n/);
    expect(log).toMatch(/^REPORT RequestId: .*\tMax Memory Used: /m);
  });

  it("gives a context to the function", allowed, async (context) => {
    const encoded = Buffer.from('{"custom":{"who":"me"}}').toString("base64");
    const { payload } = await invoke(
      context,
      ...["--function-name", "acme-hello-echo-dev", "--client-context", encoded],
    );
    expect(JSON.parse(payload)).toMatchObject({ custom: { who: "me" } });
  });

  it("says that a function failed", allowed, async (context) => {
    const { said, payload } = await invoke(context, "--function-name", "acme-hello-fail-dev");
    expect(said).toEqual({
      StatusCode: 200,
      FunctionError: "Unhandled",
      ExecutedVersion: "$LATEST",
    });
    expect(JSON.parse(payload)).toMatchObject({
      errorType: "TypeError",
      errorMessage: "it was meant to",
    });
  });

  it("says that a function is not there", allowed, async (context) => {
    const { code, stderr } = await invoke(context, "--function-name", "nobody");
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(
      "An error occurred (ResourceNotFoundException) when calling the Invoke operation: Function not found: arn:aws:lambda:eu-west-1:123456789012:function:nobody:$LATEST",
    );
  });

  it("only checks the request of a dry run", allowed, async (context) => {
    const name = ["--function-name", "acme-hello-fail-dev"];
    const { said } = await invoke(context, ...name, "--invocation-type", "DryRun");
    expect(said).toEqual({ StatusCode: 204 });
  });

  it("does not wait for an asynchronous invocation, which happens", allowed, async (context) => {
    const listener = createServer((_request, response) => void response.end());
    const { port, close } = await listen(listener, 0);
    const touched = once(listener, "request");
    const { said } = await invoke(
      context,
      ...["--function-name", "acme-hello-touch-dev", "--invocation-type", "Event"],
      ...["--payload", JSON.stringify({ url: `http://127.0.0.1:${port}` })],
      ...(await rawPayload()),
    );
    expect(said).toEqual({ StatusCode: 202 });
    const [request] = await touched;
    expect(request.headers["x-mark"]).toBe("touched");
    await close();
  });

  it("lists the functions, and describes one", allowed, async (context) => {
    const list = await foreign(context, cli, [
      ...["lambda", "list-functions", "--output", "json"],
      ...["--query", "Functions[].FunctionName"],
    ]);
    expect(JSON.parse(list.stdout)).toEqual([
      "acme-hello-echo-dev",
      "acme-hello-fail-dev",
      "acme-hello-touch-dev",
    ]);
    const one = await foreign(context, cli, [
      ...["lambda", "get-function", "--output", "json"],
      ...["--function-name", "acme-hello-echo-dev"],
    ]);
    expect(JSON.parse(one.stdout).Configuration).toMatchObject({ Runtime: "nodejs22.x" });
  });

  /** Version 2 takes a payload in base64 unless told otherwise; version 1 does not know the option. */
  async function rawPayload(): Promise<string[]> {
    const { stdout } = await run("aws", ["--version"]).catch(() => ({ stdout: "" }));
    return stdout.startsWith("aws-cli/2") ? ["--cli-binary-format", "raw-in-base64-out"] : [];
  }
});

describe("boto3", () => {
  const python = ["python3", "-c", "import boto3"] as const;

  it("invokes, and understands every failure", allowed, async (context) => {
    const program = `
import boto3, json
from botocore.config import Config
from botocore.exceptions import ClientError
client = boto3.client("lambda", config=Config(retries={"max_attempts": 0}))
answer = client.invoke(FunctionName="acme-hello-echo-dev", Payload=json.dumps({"a": 1}), LogType="Tail")
print(answer["StatusCode"], answer["ExecutedVersion"], "FunctionError" in answer, len(answer["LogResult"]) > 100)
print(json.dumps(json.load(answer["Payload"]), sort_keys=True))
answer = client.invoke(FunctionName="acme-hello-fail-dev")
print(answer["StatusCode"], answer["FunctionError"], json.load(answer["Payload"])["errorType"])
for kind in ("Event", "DryRun"):
    print(client.invoke(FunctionName="acme-hello-echo-dev", InvocationType=kind)["StatusCode"])
def refused(**request):
    try:
        client.invoke(**{"FunctionName": "acme-hello-echo-dev", **request})
    except ClientError as error:
        print(type(error).__name__, error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
refused(FunctionName="nobody")
refused(Payload="{a")
refused(Payload=b'"' + b"a" * 6291456 + b'"')
refused(InvocationType="Event", Payload=b'"' + b"a" * 1048576 + b'"')
refused(FunctionName="acme-hello-echo-dev:1", Qualifier="2")
print([f["FunctionName"] for page in client.get_paginator("list_functions").paginate() for f in page["Functions"]])
`;
    const { stdout, stderr } = await foreign(context, python, ["-c", program]);
    expect(stderr).not.toContain("Traceback");
    expect(stdout.trim().split("\n")).toEqual([
      "200 $LATEST False True",
      '{"custom": null, "event": {"a": 1}}',
      "200 Unhandled TypeError",
      "202",
      "204",
      "ResourceNotFoundException ResourceNotFoundException 404",
      "InvalidRequestContentException InvalidRequestContentException 400",
      "ClientError RequestEntityTooLargeException 413",
      "ClientError RequestEntityTooLargeException 413",
      "InvalidParameterValueException InvalidParameterValueException 400",
      "['acme-hello-echo-dev', 'acme-hello-fail-dev', 'acme-hello-touch-dev']",
    ]);
  });
});
