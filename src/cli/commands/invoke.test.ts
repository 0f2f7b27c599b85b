/** Functions that are invoked: here, by a `lambdakit dev` that runs, and in an account, of which a server stands for the calls. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { productCopy } from "../../../test/product-copy.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { withVariables } from "../../../test/variables.ts";
import type { DevServer } from "../../dev/dev-server.ts";
import { startDev } from "../../dev/start-dev.ts";

let directory: string;
beforeAll(async () => {
  directory = await productCopy();
  await mkdir(path.join(directory, "events"));
  await writeFile(path.join(directory, "events/own.json"), '{"own":true}');
  await writeFile(path.join(directory, "events/broken.json"), '{"own":');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const run = (...args: string[]) => lambdakit(["invoke", ...args, "--service", directory]);
const stdinOf = (written: string) => ({ configurable: true, value: Readable.from([written]) });
const refused = async (...args: string[]) => {
  const { exitCode, stdout } = await run(...args, "--json");
  return [exitCode, JSON.parse(stdout).error];
};

describe("a function of a lambdakit dev that runs", { timeout: 60_000 }, () => {
  it("is not there where none runs", async () => {
    expect(await refused("list", "--env", "local")).toEqual([
      69,
      expect.objectContaining({
        code: "INVOKE_NOT_RUNNING",
        fix: `lambdakit dev --service ${directory}`,
      }),
    ]);
  });

  describe("that serves the folder", () => {
    let server: DevServer;
    beforeAll(async () => {
      server = await startDev({
        directory,
        port: 0,
        memory: false,
        reset: true,
        sampleData: false,
        ownEngine: true,
        typeCheck: false,
        onEvent: () => {},
      });
    });
    afterAll(() => server?.stop());

    it("answers a route's example as API Gateway would send it, with its log and its times", async () => {
      const { exitCode, stdout, stderr } = await run(
        "create",
        "--event",
        "example",
        "--env",
        "local",
      );
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^HTTP 201\n(.+: .+\n)+\n\{\n {2}"productId": "PROD-\w{6}",\n/);
      expect(stderr).toMatch(
        /version \$LATEST, [\d.]+ m?s \(billed [\d.]+ m?s\), .*, \d+ of 256 MB\n$/,
      );
    });

    it("gives a program all that is known", async () => {
      const route = "GET /v1.0/products/{productId}";
      const { exitCode, stdout } = await run("get", "--event", route, "--env", "local", "--json");
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        function: "get",
        name: "bbws-product-get-dev",
        type: "RequestResponse",
        status: 200,
        version: "$LATEST",
        functionError: null,
        result: { statusCode: 404 },
        report: { memoryMb: 256 },
        log: [expect.stringContaining('"level":"INFO"')],
      });
    });

    it("fails with its places, and the command with 1", async () => {
      const { exitCode, stdout } = await run("list", "--data", "7", "--env", "local");
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/^TypeError: .*\n( +at .*\n)+/);
    });

    it("is not called with --dry-run", async () => {
      const { exitCode, stdout } = await run("list", "--env", "local", "--dry-run");
      expect([exitCode, stdout]).toEqual([
        0,
        "bbws-product-list-dev might be invoked with that. It was not.\n",
      ]);
    });

    it("has no aliases and versions", async () => {
      expect(await refused("list", "--env", "local", "--version", "7")).toEqual([
        64,
        expect.objectContaining({ code: "CLI_BAD_VALUE", fix: "leave it out" }),
      ]);
    });
  });
});

describe("a function in an account", () => {
  let asked: { url: string; type: unknown; context: string; body: string }[];
  let accountId = "";
  let status = 200;
  let restore: () => void;
  const server = createServer(async (request, response) => {
    const { url = "", headers } = request;
    const body = await text(request);
    if (body.includes("GetCallerIdentity")) {
      const arn = `arn:aws:iam::${accountId}:user/alice`;
      const result = `<Arn>${arn}</Arn><Account>${accountId}</Account>`;
      response
        .writeHead(200, { "Content-Type": "text/xml" })
        .end(`<R><GetCallerIdentityResult>${result}</GetCallerIdentityResult></R>`);
      return;
    }
    const context = Buffer.from(String(headers["x-amz-client-context"] ?? ""), "base64");
    asked.push({ url, type: headers["x-amz-invocation-type"], context: context.toString(), body });
    if (status === 404) {
      response
        .writeHead(404, { "x-amzn-errortype": "ResourceNotFoundException" })
        .end('{"Message":"Function not found"}');
      return;
    }
    const type = headers["x-amz-invocation-type"];
    const code = type === "Event" ? 202 : type === "DryRun" ? 204 : 200;
    response.writeHead(code, { "X-Amz-Executed-Version": "3", "x-amzn-RequestId": "8f5d" });
    response.end(code === 200 ? '{"ok":true}' : "");
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    restore = withVariables({
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test", // not-a-secret: of this test
      AWS_PROFILE: undefined,
    });
  });
  afterAll(() => {
    restore?.();
    server.close();
  });
  beforeEach(() => {
    asked = [];
    status = 200;
    accountId = productPlan("dev").accountId;
  });

  it("is invoked behind the alias that callers use, with an empty event where none is said", async () => {
    const { exitCode, stdout, stderr } = await run("list");
    expect([exitCode, stdout]).toEqual([0, '{\n  "ok": true\n}\n']);
    expect(stderr).toBe("version 3, Lambda's report is not in the log\n");
    expect(asked).toEqual([
      {
        url: "/2015-03-31/functions/bbws-product-list-dev/invocations?Qualifier=live",
        type: "RequestResponse",
        context: "",
        body: "{}",
      },
    ]);
  });

  it.each([
    [["--version", "7"], "7"],
    [["--version", "$LATEST"], "%24LATEST"],
    [["--alias", "canary"], "canary"],
  ])("is invoked with %j", async (args, qualifier) => {
    await run("bbws-product-list-dev", ...args);
    expect(asked[0]?.url).toMatch(new RegExp(`Qualifier=${qualifier}$`));
  });

  it("gets a file of events/, a file, or what is said", async () => {
    await run("list", "--event", "own");
    await run("list", "--payload", path.join(directory, "events/own.json"));
    await run("list", "--data", '"text"');
    expect(asked.map(({ body }) => body)).toEqual(['{"own":true}', '{"own":true}', '"text"']);
  });

  it("gets what comes in on stdin", async () => {
    const own = Object.getOwnPropertyDescriptor(process, "stdin") as PropertyDescriptor;
    onTestFinished(() => void Object.defineProperty(process, "stdin", own));
    Object.defineProperty(process, "stdin", stdinOf('{"piped":true}'));
    await run("list", "--payload", "-");
    expect(asked.map(({ body }) => body)).toEqual(['{"piped":true}']);
  });

  it("gets what API Gateway sends: the stage in the path of the request, the account, the body as text", async () => {
    await run("update", "--event", "PUT /v1.0/products/{productId}");
    const event = JSON.parse(asked[0]?.body ?? "");
    expect(event).toMatchObject({
      resource: "/v1.0/products/{productId}",
      path: "/v1.0/products/PROD-ABC123",
      httpMethod: "PUT",
      headers: { "Content-Type": "application/json" },
      pathParameters: { productId: "PROD-ABC123" },
      queryStringParameters: null,
      body: '{"price":"149.99"}',
      isBase64Encoded: false,
      requestContext: {
        accountId: "536580886816",
        path: "/v1/v1.0/products/PROD-ABC123",
        stage: "v1",
        resourcePath: "/v1.0/products/{productId}",
      },
    });
  });

  it("gets the caller that its route asks for, and none where everybody may", async () => {
    await run("update", "--event", "example");
    await run("list", "--event", "example");
    const [guarded, open] = asked.map(({ body }) => JSON.parse(body).requestContext);
    const { issuer } = productPlan("dev").api.authorizer ?? {};
    expect(guarded.authorizer).toEqual({
      principalId: "lambdakit-invoke",
      sub: "lambdakit-invoke",
      iss: issuer,
      scope: "products:write",
      exp: expect.stringMatching(/^\d{10}$/),
    });
    expect(open).not.toHaveProperty("authorizer");
  });

  it("in PROD wants what deploying wants, says the reason to the function, and nothing for a dry run", async () => {
    accountId = productPlan("prod").accountId;
    expect(await refused("list", "--env", "prod")).toEqual([
      77,
      expect.objectContaining({
        code: "DEPLOY_NOT_CONFIRMED",
        fix: 'lambdakit invoke list --env prod --confirm deploy-to-production --reason "..."',
      }),
    ]);
    expect(asked).toEqual([]);
    expect((await run("list", "--env", "prod", "--dry-run")).exitCode).toBe(0);
    const words = ["--confirm", "deploy-to-production", "--reason", "INC-7"];
    expect((await run("list", "--env", "prod", ...words)).exitCode).toBe(0);
    expect(asked.map(({ type, context }) => [type, context])).toEqual([
      ["DryRun", ""],
      ["RequestResponse", '{"custom":{"reason":"INC-7"}}'],
    ]);
  });

  it("is left to Lambda with --async, and where to look for it is said", async () => {
    const { stdout, stderr } = await run("list", "--async");
    expect(stdout).toBe("Lambda has it, and will invoke bbws-product-list-dev: request 8f5d\n");
    expect(stderr).toBe("Next: lambdakit logs list --env dev\n");
  });

  it("is not there, which is said with what was asked for", async () => {
    status = 404;
    const [exitCode, error] = await refused("list", "--version", "99");
    expect([exitCode, error.code, error.message]).toEqual([
      1,
      "INVOKE_NOT_THERE",
      "There is no bbws-product-list-dev:99.",
    ]);
  });

  it("is not sent what Lambda would refuse, whose real size is said", async () => {
    const large = path.join(directory, "large.json");
    await writeFile(large, JSON.stringify("x".repeat(6_291_456)));
    const [, error] = await refused("list", "--payload", large);
    expect(error).toMatchObject({
      code: "INVOKE_PAYLOAD_TOO_LARGE",
      message: "The event has 6291458 bytes, and Lambda takes 6291456 at most.",
    });
    await writeFile(large, JSON.stringify("x".repeat(1_048_576)));
    const [exitCode, later] = await refused("list", "--payload", large, "--async");
    expect([exitCode, later.fix]).toEqual([64, "leave out --async"]);
    expect(asked).toEqual([]);
  });

  it.each([
    [[], "CLI_BAD_VALUE", "lambdakit invoke list"],
    [["lst"], "OBSERVE_UNKNOWN_FUNCTION", "write list"],
    [["zzzzzz"], "OBSERVE_UNKNOWN_FUNCTION", "write one of them"],
    [["list", "--event", "exmple"], "INVOKE_UNKNOWN_EVENT", "write --event 'example'"],
    [
      ["list", "--event", "broken"],
      "INVOKE_PAYLOAD_INVALID",
      expect.stringContaining("correct it"),
    ],
    [["list", "--data", "{"], "INVOKE_PAYLOAD_INVALID", expect.stringContaining("correct it")],
    [["list", "--payload", "none.json"], "CLI_BAD_VALUE", "give a file with JSON, or - for stdin"],
    [["list", "--data", "1", "--event", "own"], "CLI_BAD_VALUE", "leave out all but --event"],
    [["list", "--async", "--dry-run"], "CLI_BAD_VALUE", "leave out one of them"],
    [["list", "--version", "live"], "CLI_BAD_VALUE", "write --alias live"],
    [["list", "--version", "7", "--alias", "live"], "CLI_BAD_VALUE", "leave out one of them"],
  ])("is not invoked with %j", async (args, code, fix) => {
    expect(await refused(...args)).toEqual([64, expect.objectContaining({ code, fix })]);
    expect(asked).toEqual([]);
  });
});
