import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answered, type Asked, LocalGateway, report } from "../../../test/local-gateway.ts";
import { defineService, validateManifest } from "../../manifest/index.ts";
import { planService, type ServicePlan } from "../../plan/index.ts";
import type { InvocationRequest, InvocationResult } from "../host/invocation.ts";
import { createLambdaApi } from "./lambda-api.ts";

const plan = servicePlan();
const arn = "arn:aws:lambda:eu-west-1:123456789012:function:acme-orders-list-dev";
const base = "/2015-03-31/functions";

let gateway: LocalGateway;
let invocations: { readonly function: string; readonly request: InvocationRequest }[];
let results: InvocationResult[];

beforeEach(async () => {
  invocations = [];
  results = [];
  const api = createLambdaApi({
    target: () => ({
      plan,
      async invoke(functionKey, request) {
        invocations.push({ function: functionKey, request });
        return results.shift() ?? { ok: true, payload: '{"hello":"world"}', report };
      },
    }),
    delays: { afterFailureSeconds: [60, 120], afterThrottleSeconds: { first: 1, longest: 4 } },
  });
  gateway = await LocalGateway.start({ mounts: [api] });
});
afterEach(async () => {
  vi.useRealTimers();
  await gateway.close();
});

function servicePlan(): ServicePlan {
  const environment = {
    accountId: "123456789012",
    region: "eu-west-1",
    logLevel: "INFO",
    logRetentionDays: 7,
  } as const;
  const validation = validateManifest(
    defineService({
      name: "orders",
      prefix: "acme",
      description: "Orders",
      api: { cors: { allowOrigins: ["*"] } },
      functions: {
        list: { description: "Lists", entry: "list.ts", routes: ["GET /orders"], auth: "none" },
        count: { description: "Counts", entry: "count.ts", reservedConcurrency: 5 },
      },
      environments: {
        dev: { ...environment, approval: "none" },
        sit: { ...environment, approval: "confirm" },
        prod: { ...environment, approval: "confirm-and-reason" },
      },
    }),
  );
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return planService(validation.manifest, "dev");
}

function invoke(name: string, asked: Asked = {}): Promise<Answered> {
  return gateway.ask(`POST ${base}/${name}/invocations`, asked);
}

const fails = (): InvocationResult => ({
  ok: false,
  reason: "function",
  error: { errorType: "TypeError", errorMessage: "no", trace: ["TypeError: no", "    at x"] },
  report,
});
const refuses = (reason: "throttled" | "not-found" | "stopping"): InvocationResult => ({
  ok: false,
  reason,
  error: { errorType: "X", errorMessage: "The local service is stopping." },
});

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
describe("Invoke", () => {
  it("gives the function the payload, and the caller what it returned", async () => {
    const answer = await invoke("acme-orders-list-dev", { body: '{"a":"é"}' });
    expect(invocations).toEqual([{ function: "list", request: { payload: '{"a":"é"}' } }]);
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        "content-type": "application/json",
        "x-amz-executed-version": "$LATEST",
        "x-amzn-requestid": report.requestId,
      },
      body: '{"hello":"world"}',
    });
    expect(answer.headers).not.toHaveProperty("x-amz-function-error");
    expect(answer.headers).not.toHaveProperty("x-amz-log-result");
  });

  it.each([
    ["its name", "acme-orders-list-dev"],
    ["its name and a version", "acme-orders-list-dev:$LATEST"],
    ["its name and a version beside it", "acme-orders-list-dev", "?Qualifier=$LATEST"],
    ["the same version twice", "acme-orders-list-dev:$LATEST", "?Qualifier=$LATEST"],
    ["its ARN", arn],
    ["its ARN and a version", `${arn}:$LATEST`],
    ["a part of its ARN", "123456789012:function:acme-orders-list-dev"],
    ["less of its ARN", "function:acme-orders-list-dev"],
  ])("knows the function by %s", async (_, name, query = "") => {
    const path = `${base}/${encodeURIComponent(name)}/invocations${query}`;
    expect(await gateway.ask(`POST ${path}`)).toMatchObject({ status: 200 });
    expect(invocations).toMatchObject([{ function: "list" }]);
  });

  it("takes no payload as an empty object", async () => {
    await invoke("acme-orders-list-dev");
    expect(invocations).toMatchObject([{ request: { payload: "{}" } }]);
  });

  it.each(["null", '"text"', "1", "[]"])("takes any JSON: %s", async (body) => {
    await invoke("acme-orders-list-dev", { body });
    expect(invocations).toMatchObject([{ request: { payload: body } }]);
  });

  it("says of a failed function that it failed, in an answer that is a success", async () => {
    results = [fails()];
    const answer = await invoke("acme-orders-list-dev");
    expect(answer).toMatchObject({ status: 200, headers: { "x-amz-function-error": "Unhandled" } });
    expect(JSON.parse(answer.body)).toEqual({
      errorType: "TypeError",
      errorMessage: "no",
      trace: ["TypeError: no", "    at x"],
    });
  });

  it("gives the last 4 KB of the log to who asks for them", async () => {
    const lines = ["START", "x".repeat(4096), "END", "REPORT"];
    results = [{ ok: true, payload: "null", report: { ...report, log: { lines, characters: 0 } } }];
    const headers = { "X-Amz-Log-Type": "Tail" };
    const answer = await invoke("acme-orders-list-dev", { headers });
    const log = Buffer.from(String(answer.headers["x-amz-log-result"]), "base64").toString();
    expect(log).toHaveLength(4096);
    expect(log.endsWith("xx\nEND\nREPORT\n")).toBe(true);
  });

  it("gives the function the caller's context, decoded", async () => {
    const encoded = Buffer.from('{"custom":{"a":"é"}}').toString("base64");
    await invoke("acme-orders-list-dev", { headers: { "X-Amz-Client-Context": encoded } });
    expect(invocations).toMatchObject([{ request: { clientContext: { custom: { a: "é" } } } }]);
  });

  it("only checks the request where it is a dry run", async () => {
    const headers = { "X-Amz-Invocation-Type": "DryRun" };
    expect(await invoke("acme-orders-list-dev", { headers })).toMatchObject({
      status: 204,
      body: "",
    });
    expect(await invoke("nobody", { headers })).toMatchObject({ status: 404 });
    expect(invocations).toEqual([]);
  });
});

describe("Invoke refuses", () => {
  it.each([
    [
      "a function that is not there",
      "nobody",
      {},
      404,
      "ResourceNotFoundException",
      {
        Message:
          "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:nobody:$LATEST",
        Type: "User",
      },
    ],
    [
      "a version that is not there",
      "acme-orders-list-dev:7",
      {},
      404,
      "ResourceNotFoundException",
      { Message: `Function not found: ${arn}:7`, Type: "User" },
    ],
    [
      "an ARN of another account",
      "arn:aws:lambda:eu-west-1:210987654321:function:acme-orders-list-dev",
      {},
      404,
      "ResourceNotFoundException",
      {
        Message:
          "Function not found: arn:aws:lambda:eu-west-1:210987654321:function:acme-orders-list-dev:$LATEST",
        Type: "User",
      },
    ],
    [
      "an ARN of another region",
      arn.replace("eu-west-1", "us-east-1"),
      {},
      404,
      "ResourceNotFoundException",
      {
        Message: "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')",
        Type: "User",
      },
    ],
    [
      "a name that is none",
      "my-function!",
      {},
      400,
      "ValidationException",
      {
        message: expect.stringMatching(
          /^1 validation error detected: Value 'my-function!' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: \(arn:/,
        ),
      },
    ],
    [
      "a name that cannot be decoded",
      "%zz",
      {},
      400,
      "ValidationException",
      { message: expect.stringContaining("Value '%zz' at 'functionName'") },
    ],
    [
      "a payload that is no JSON",
      "acme-orders-list-dev",
      { body: "{a" },
      400,
      "InvalidRequestContentException",
      {
        message: expect.stringMatching(
          /^Could not parse request body into json: Could not parse payload into json: ./,
        ),
        Type: "User",
      },
    ],
    [
      "a payload that is no UTF-8",
      "acme-orders-list-dev",
      { body: Buffer.from([0x22, 0xff, 0x22]) },
      400,
      "InvalidRequestContentException",
      { message: expect.stringContaining("Could not parse payload into json"), Type: "User" },
    ],
    [
      "a payload of more than 6 MB",
      "acme-orders-list-dev",
      { body: `"${"a".repeat(6_291_455)}"` },
      413,
      "RequestEntityTooLargeException",
      {
        Message: "Request must be smaller than 6291456 bytes for the InvokeFunction operation",
        Type: "User",
      },
    ],
    [
      "an event of more than 1 MB",
      "acme-orders-list-dev",
      { headers: { "X-Amz-Invocation-Type": "Event" }, body: `"${"a".repeat(1_048_575)}"` },
      413,
      "RequestEntityTooLargeException",
      {
        Message:
          "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)",
        Type: "User",
      },
    ],
    [
      "an invocation type that is none",
      "acme-orders-list-dev",
      { headers: { "X-Amz-Invocation-Type": "Later" } },
      400,
      "ValidationException",
      {
        message:
          "1 validation error detected: Value 'Later' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [RequestResponse, Event, DryRun]",
      },
    ],
    [
      "a log type that is none",
      "acme-orders-list-dev",
      { headers: { "X-Amz-Log-Type": "All" } },
      400,
      "ValidationException",
      { message: expect.stringContaining("Value 'All' at 'logType'") },
    ],
    [
      "a client context that is no JSON",
      "acme-orders-list-dev",
      { headers: { "X-Amz-Client-Context": "e2E=" } },
      400,
      "InvalidRequestContentException",
      {
        message: "Client context must be a valid Base64-encoded JSON object.",
        Type: "User",
      },
    ],
    [
      "a client context of more than 3,583 bytes",
      "acme-orders-list-dev",
      { headers: { "X-Amz-Client-Context": "a".repeat(3584) } },
      400,
      "InvalidRequestContentException",
      { message: expect.stringContaining("no more than 3583 bytes"), Type: "User" },
    ],
    [
      "what a page of somebody else's asks",
      "acme-orders-list-dev",
      { headers: { Origin: "http://evil.example:3000" } },
      403,
      "AccessDeniedException",
      { Message: "The local Lambda API does not answer pages of http://evil.example:3000." },
    ],
  ] as const)("%s", async (_, name, asked, status, type, body) => {
    const written = name === "%zz" ? name : encodeURIComponent(name);
    const answer = await invoke(written, asked);
    expect(answer).toMatchObject({
      status,
      headers: { "content-type": "application/json", "x-amzn-errortype": type },
    });
    expect(JSON.parse(answer.body)).toEqual(body);
    expect(invocations).toEqual([]);
  });

  it("a qualifier that is none, or another than the name's", async () => {
    const of = (name: string, qualifier: string) =>
      gateway.ask(`POST ${base}/${name}/invocations?Qualifier=${qualifier}`);
    expect(await of("acme-orders-list-dev", "a!")).toMatchObject({
      status: 400,
      headers: { "x-amzn-errortype": "ValidationException" },
      body: expect.stringContaining("'a!' at 'qualifier'"),
    });
    expect(await of("acme-orders-list-dev:1", "$LATEST")).toMatchObject({
      status: 400,
      headers: { "x-amzn-errortype": "InvalidParameterValueException" },
      body: expect.stringContaining("does not match the specified qualifier"),
    });
  });

  it.each([
    ["throttled", 429, "TooManyRequestsException"],
    ["not-found", 404, "ResourceNotFoundException"],
    ["stopping", 500, "ServiceException"],
  ] as const)("where the host does: %s", async (reason, status, type) => {
    results = [refuses(reason)];
    expect(await invoke("acme-orders-list-dev")).toMatchObject({
      status,
      headers: { "x-amzn-errortype": type },
    });
  });

  it("what a throttled function cannot take, and says why", async () => {
    results = [refuses("throttled")];
    const { body } = await invoke("acme-orders-list-dev");
    expect(JSON.parse(body)).toEqual({
      message: "Rate Exceeded.",
      Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
      Type: "User",
    });
  });

  it("nothing of this machine's own pages", async () => {
    for (const Origin of ["http://127.0.0.1:3000", "http://localhost:3000"]) {
      const headers = { Origin };
      expect(await invoke("acme-orders-list-dev", { headers })).toMatchObject({ status: 200 });
    }
  });

  it("half a request", async () => {
    const socket = await gateway.open();
    socket.write(
      `POST ${base}/acme-orders-list-dev/invocations HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{}`,
    );
    socket.destroySoon();
    for (let round = 0; round < 5; round++) await gateway.ask(`GET ${base}`);
    expect(invocations).toEqual([]);
  });
});

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
describe("an asynchronous invocation", () => {
  const headers = { "X-Amz-Invocation-Type": "Event" };

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  });

  /** Asks, and then lets the time pass that each try waits for. */
  async function deliveries(seconds: readonly number[]): Promise<number[]> {
    await invoke("acme-orders-count-dev", { headers, body: '{"n":1}' });
    const counts = [invocations.length];
    for (const one of seconds) {
      await vi.advanceTimersByTimeAsync(one * 1000 - 1);
      counts.push(invocations.length);
      await vi.advanceTimersByTimeAsync(1);
      counts.push(invocations.length);
    }
    return counts;
  }

  it("is answered at once, and the function gets its payload", async () => {
    results = [{ ok: true, payload: "null", report }];
    expect(await invoke("acme-orders-count-dev", { headers, body: '{"n":1}' })).toMatchObject({
      status: 202,
      body: "",
    });
    expect(invocations).toEqual([{ function: "count", request: { payload: '{"n":1}' } }]);
  });

  it("is not tried again where it succeeds", async () => {
    expect(await deliveries([600])).toEqual([1, 1, 1]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is tried twice again where the function fails: after one minute, and after two more", async () => {
    results = [fails(), fails(), fails()];
    expect(await deliveries([60, 120, 600])).toEqual([1, 1, 2, 2, 3, 3, 3]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is not tried again once it succeeds", async () => {
    results = [fails()];
    expect(await deliveries([60, 600])).toEqual([1, 1, 2, 2, 2]);
  });

  it("is tried until there is a place for it, less and less often", async () => {
    results = Array.from({ length: 5 }, () => refuses("throttled"));
    expect(await deliveries([1, 2, 4, 4, 4, 600])).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6]);
  });

  it.each(["not-found", "stopping"] as const)(
    "is dropped where there is nobody: %s",
    async (reason) => {
      results = [refuses(reason)];
      expect(await deliveries([600])).toEqual([1, 1, 1]);
    },
  );
});

describe("the functions that there are", () => {
  it("are listed", async () => {
    for (const path of [base, `${base}/`, `${base}?MaxItems=50`]) {
      const { Functions } = JSON.parse((await gateway.ask(`GET ${path}`)).body);
      expect(Functions).toMatchObject([
        {
          FunctionName: "acme-orders-list-dev",
          FunctionArn: arn,
          Runtime: "nodejs22.x",
          Handler: "index.handler",
          Timeout: 30,
          MemorySize: 256,
          Version: "$LATEST",
          Architectures: ["arm64"],
          EphemeralStorage: { Size: 512 },
        },
        { FunctionName: "acme-orders-count-dev" },
      ]);
    }
  });

  it("are described one by one", async () => {
    const get = async (path: string) => JSON.parse((await gateway.ask(`GET ${base}/${path}`)).body);
    const configuration = { FunctionName: "acme-orders-count-dev", State: "Active" };
    expect(await get("acme-orders-count-dev/configuration")).toMatchObject(configuration);
    expect(await get("acme-orders-count-dev")).toMatchObject({
      Configuration: configuration,
      Concurrency: { ReservedConcurrentExecutions: 5 },
      Tags: { ManagedBy: expect.any(String) },
    });
    expect(await get("acme-orders-list-dev")).not.toHaveProperty("Concurrency");
  });

  it("do not have a version in AWS's words where nobody asked for one", async () => {
    expect(await gateway.ask(`GET ${base}/nobody`)).toMatchObject({
      status: 404,
      body: expect.stringContaining('function:nobody"'),
    });
  });
});

describe("what is not emulated", () => {
  it.each([
    "POST /2015-03-31/functions",
    "DELETE /2015-03-31/functions/acme-orders-list-dev",
    "GET /2015-03-31/functions/acme-orders-list-dev/aliases",
    "GET /2015-03-31/functions/acme-orders-list-dev/aliases/live",
  ])("says so, and what is: %s", async (asked) => {
    const answer = await gateway.ask(asked);
    expect(answer).toMatchObject({
      status: 404,
      headers: { "x-amzn-errortype": "UnknownOperationException" },
    });
    const [method, path] = asked.split(" ");
    expect(JSON.parse(answer.body).message).toBe(
      `The local Lambda API does not have ${method} ${path}. It has Invoke, ListFunctions, GetFunction and GetFunctionConfiguration.`,
    );
  });
});

describe("a fault of our own", () => {
  it("is a 500 that says so", async () => {
    const broken = await LocalGateway.start({
      mounts: [
        createLambdaApi({
          target: () => {
            throw new TypeError("a mistake");
          },
        }),
      ],
    });
    expect(await broken.ask(`GET ${base}`)).toMatchObject({
      status: 500,
      body: expect.stringContaining("TypeError: a mistake"),
    });
    await broken.close();
  });
});
