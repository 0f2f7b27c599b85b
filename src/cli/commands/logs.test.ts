/** What logs says, with an emulator for AWS; what it drops and repeats: test/integration/logs-followed.test.ts. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { profilesOf } from "../../../test/deployed/planted/profiles.ts";
import { type Fault, faultyProxy } from "../../../test/faulty-proxy.ts";
import { plantLogs } from "../../../test/planted-logs.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { lambdakit, type Situation } from "../../../test/recording-terminal.ts";
import { withVariables } from "../../../test/variables.ts";
import { enterAccount } from "../../emulator/deployed/account.ts";
import { findMoto, type Moto, startMoto } from "../../emulator/start-moto.ts";

const lacks = findMoto();
if (lacks.length > 0) process.stderr.write(`No logs are read: ${lacks.join("; ")}.\n`);

const product = fileURLToPath(new URL("../../../services/product", import.meta.url));
const dev = productPlan("dev");
const groupOf = (key: string) => {
  const one = dev.functions.find((lambda) => lambda.key === key);
  return one?.logGroup.name ?? dev.api.logGroup.name;
};

const invocation = "7c0e4b6e-9d5f-4f58-a2c1-1f2d3e4a5b6c";
const request = "0a1b2c3d-1111-2222-3333-444455556666";
/** Two minutes ago, at the beginning of a second. */
const then = Math.floor(Date.now() / 1000) * 1000 - 120_000;
const everyLine = {
  timestamp: "2026-11-27T10:00:00.000Z",
  service: "product",
  function_name: "bbws-product-list-dev",
  function_request_id: invocation,
  correlation_id: "caller-12345",
};

const listed = [
  { type: "platform.start", record: { requestId: invocation } },
  { level: "INFO", message: "page read", ...everyLine, count: 3 },
  {
    level: "INFO",
    message: "request completed",
    ...everyLine,
    http_method: "GET",
    http_route: "/v1.0/products",
    http_status: 200,
    duration_ms: 3.26,
  },
  {
    type: "platform.report",
    record: {
      requestId: invocation,
      status: "success",
      metrics: {
        durationMs: 12.31,
        billedDurationMs: 13,
        initDurationMs: 210.2,
        memorySizeMB: 256,
        maxMemoryUsedMB: 81,
      },
    },
  },
  { _aws: { Timestamp: then }, function_name: "list", ColdStart: 1 },
];
const created = [
  `INIT_START Runtime Version: nodejs:22.v1\tRuntime Version ARN: arn\n`,
  `START RequestId: ${invocation} Version: 8\n`,
  {
    level: "ERROR",
    message: "request failed",
    function_request_id: "other-request",
    error: { stack: "TypeError: x\n    at src/create.ts:5:3" },
  },
  "2026-11-27T10:00:00.000Z\tother-request\tWARN\t\u001b[2Jcleared\u202e\n",
  "REPORT RequestId: other-request\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 256 MB\tMax Memory Used: 90 MB\tStatus: timeout\n",
  "2026-11-27T10:00:00.000Z other-request Task timed out after 3.00 seconds\n",
  { type: "platform.logsDropped", record: { reason: "too many", droppedRecords: 3 } },
];
const accessed = [
  {
    requestId: request,
    requestTime: "27/Nov/2026",
    method: "GET",
    path: "/v1/v1.0/products",
    status: "200",
    latencyMs: "20",
    integrationMs: "15",
    integrationRequest: invocation,
    errorType: "-",
  },
];

describe.skipIf(lacks.length > 0)("lambdakit logs", { timeout: 60_000 }, () => {
  let moto: Moto;
  let restore: () => void;

  beforeAll(async () => {
    moto = await startMoto(dev.region, dev.accountId, false);
    restore = withVariables({ ...moto.env, AWS_PROFILE: undefined });
    const lines = (key: string, stream: string, from: number, messages: readonly unknown[]) =>
      messages.map((message, index) => {
        return { group: groupOf(key), stream, timestamp: then + from + index, message };
      });
    await plantLogs(moto.url, dev.region, ["list", "create", "api"].map(groupOf), [
      ...lines("list", "2026/11/27/[7]a", 0, listed),
      ...lines("create", "2026/11/27/[8]b", 1_000, created),
      ...lines("api", "c", 4, accessed),
    ]);
  });
  afterAll(async () => {
    restore?.();
    await moto?.stop();
  });

  const logs = (args: readonly string[], situation?: Situation) =>
    lambdakit(["logs", "--service", product, ...args], situation);
  /** Of a time, the milliseconds; its day, too, is there where that was yesterday. */
  const shown = async (...args: string[]) =>
    (await logs(args)).stdout.replace(/^(?:[\d-]{10} )?[\d:]{8}\.(\d{3})Z/gm, "$1");

  it("shows the lines of all functions and of the API, in order, as people read them", async () => {
    expect(await shown()).toBe(`\
001 list       INFO page read count=3
002 list       INFO request completed GET /v1.0/products 200 3.3 ms
003 list       REPORT 12.3 ms, billed 13 ms, init 210.2 ms, memory 81 of 256 MB
004 list       metrics function_name="list" ColdStart=1
004 api        GET     200 /v1/v1.0/products  20 ms function 15 ms
002 create     ERROR request failed request_id=other-request
    TypeError: x
        at src/create.ts:5:3
003 create     WARN \\x1b[2Jcleared\\u202e
004 create     REPORT 3000.0 ms, billed 3000 ms, memory 90 of 256 MB, timeout
005 create     ERROR Task timed out after 3.00 seconds
006 create     platform.logsDropped reason="too many" droppedRecords=3
`);
  });

  it("is the same in colour, but for the colour", async () => {
    const { stdout } = await logs([], { color: true });
    expect(stdout).toContain("\u001b[31mERROR\u001b[39m request failed");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(stdout.replaceAll(/\u001b\[\d+m/g, "")).toBe((await logs([])).stdout);
  });

  it("gives programs every event as it is, one a line", async () => {
    const { stdout, exitCode } = await logs(["--json"]);
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(exitCode).toBe(0);
    expect(events).toHaveLength(listed.length + created.length + accessed.length);
    expect(events[0]).toEqual({
      timestamp: new Date(then).toISOString(),
      function: "list",
      stream: "2026/11/27/[7]a",
      message: JSON.stringify(listed[0]),
      id: expect.any(String),
    });
  });

  it("uses the credentials of the profile that is named, and no others", async () => {
    const account = await enterAccount(moto, dev.accountId, dev.region);
    const profiles = await profilesOf({ "the-dev": account });
    onTestFinished(profiles.remove);
    onTestFinished(
      withVariables({
        ...profiles.variables,
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_SESSION_TOKEN: undefined,
        AWS_EC2_METADATA_DISABLED: "true",
      }),
    );
    const { exitCode, stdout, stderr } = await logs(["api", "--profile", "the-dev"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("/v1/v1.0/products");
    expect((await logs(["api"])).exitCode).toBe(77);
    const query = ["api", "--insights", "fields @message", "--profile", "dev=the-dev"];
    expect((await logs(query)).exitCode).toBe(0);
  });

  it("says which functions have no log group, and goes on with the others", async () => {
    const { stderr, exitCode } = await logs(["list", "get"]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      `get: there is no log group ${groupOf("get")}. A deployment makes it.\n`,
    );
    expect(stderr).not.toContain("update");
  });

  it("fails where none is there", async () => {
    const { stderr, stdout, exitCode } = await logs(["get", "update"]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /error LOGS_NO_GROUP\n {2}at .*\n {2}There is no log group .*\n {2}fix: lambdakit deploy; in sit and prod, lambdakit promote\n/,
    );
  });

  it("shows what is asked for: levels, texts, fields, the newest", async () => {
    const times = async (...args: string[]) =>
      (await shown(...args))
        .split("\n")
        .filter((line) => /^\d/.test(line))
        .map((line) => line.slice(0, 10));
    expect(await times("--level", "error")).toEqual(["002 create", "004 create", "005 create"]);
    expect(await times("--filter", "Task timed")).toEqual(["005 create"]);
    expect(await times("--filter", "http_status=200 duration_ms<4")).toEqual(["002 list  "]);
    expect(await times("--limit", "2")).toEqual(["005 create", "006 create"]);
    expect(await times("list", "--filter", "level>=error")).toEqual([]);
    // By the name in AWS, too.
    expect(await times("bbws-product-list-dev", "--limit", "1")).toEqual(["004 list m"]);
    const { stderr } = await logs(["list", "--filter", "nowhere"]);
    expect(stderr).toMatch(/^No such lines since ([\d-]{10} )?[\d:]{8}\.\d{3}Z\.\n$/);
  });

  it.each([invocation, request, "caller-12345"])(
    "finds all lines of a request by one of its ids: %s",
    async (id) => {
      const { stdout } = await logs(["--request-id", id, "--json"]);
      const messages = stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).message);
      expect(messages).toEqual(
        [...listed.slice(0, 4), ...accessed, created[1]].map((message) =>
          typeof message === "string" ? message : JSON.stringify(message),
        ),
      );
    },
  );

  it("says at once what is wrong with what it was asked, before AWS is asked", async () => {
    onTestFinished(withVariables({ AWS_ENDPOINT_URL: "http://127.0.0.1:1" }));
    const { exitCode, stderr } = await logs([
      "lst",
      "-f",
      "--since",
      "tomorrow",
      "--until",
      "1h",
      "--limit",
      "0",
      "--insights",
      "x",
    ]);
    expect(exitCode).toBe(64);
    expect(stderr.replace(/\d{4}-\S+Z/, "TIME")).toBe(`error CLI_BAD_VALUE
  at lst
  There is no function "lst". Did you mean list?
  --since is "tomorrow", which is neither a time such as TIME nor how long ago it was, such as 90s, 15m, 2h, 3d or 1w.
  --follow has no end, and --until is one.
  --limit 0 shows nothing.
  With --insights the query says what is wanted, and --follow, --limit are not looked at.
  fix: list
`);
    expect((await logs(["--since", "1h", "--until", "2h"])).stderr).toContain(
      "--since 1h is not before --until 2h: nothing lies between.",
    );
    expect((await logs(["api", "--release", "3f9c"])).stderr).toContain(
      "Lines of API Gateway belong to no release",
    );
    expect((await logs(["--level", "eror"])).stderr).toContain("fix: write --level error");
  });

  it("follows until it is interrupted, which is 130 by Ctrl-C and 0 where nobody reads any more", async () => {
    for (const [reason, exitCode] of [
      ["SIGINT", 130],
      [undefined, 0],
    ] as const) {
      const interruption = new AbortController();
      const run = await logs(["-f", "list"], {
        interrupted: interruption.signal,
        onOut: () => interruption.abort(reason),
      });
      expect(run.exitCode).toBe(exitCode);
      expect(run.stdout).toContain("page read");
    }
  });

  describe("where AWS does not do what it is asked", () => {
    const answering = async (fault: (group: string) => string | undefined) => {
      const instead: Fault["instead"] = ({ body, headers }) => {
        if (!headers["x-amz-target"]) return undefined;
        const type = fault(JSON.parse(body).logGroupName);
        if (type === undefined) return undefined;
        const text = JSON.stringify({ __type: type, message: "no, by the test" });
        return { status: 400, headers: { "x-amzn-errortype": type }, text };
      };
      const AWS_ENDPOINT_URL = await faultyProxy(moto.url, { instead });
      onTestFinished(withVariables({ AWS_ENDPOINT_URL }));
    };

    it("goes on without a group that may not be read, and fails where none may", async () => {
      await answering((group) =>
        group === groupOf("create") ? "AccessDeniedException" : undefined,
      );
      const run = await logs(["list", "create"]);
      expect(run.exitCode).toBe(0);
      expect(run.stdout).toContain("page read");
      expect(run.stderr).toContain(
        "create: these credentials may not read its log. To read /aws/lambda/bbws-product-create-dev: no, by the test\n",
      );
      expect(await logs(["create"])).toMatchObject({ exitCode: 77, stdout: "" });
    });

    it("ends where the credentials expire, after what it has shown", async () => {
      let calls = 0;
      await answering(() => (++calls > 2 ? "ExpiredTokenException" : undefined));
      const { exitCode, stdout, stderr } = await logs(["-f", "list"]);
      expect(exitCode).toBe(77);
      expect(stdout).toContain("page read");
      expect(stderr).toContain("error AWS_CREDENTIALS_EXPIRED\n");
    });

    it("waits where it is throttled", async () => {
      let calls = 0;
      await answering(() => (++calls < 3 ? "ThrottlingException" : undefined));
      const { exitCode, stdout, stderr } = await logs(["list"]);
      expect([exitCode, calls]).toEqual([0, 3]);
      expect(stderr.match(/Trying again: To read \S+: no, by the test/g)).toHaveLength(1);
      expect(stdout).toContain("page read");
    });

    it("goes by AWS's time, where the clock of this machine is wrong", async () => {
      const hour = 3_600_000;
      const asked: number[] = [];
      const AWS_ENDPOINT_URL = await faultyProxy(moto.url, {
        instead: ({ body, headers }) => {
          if (headers["x-amz-target"]) asked.push(JSON.parse(body).startTime);
          return undefined;
        },
        answers: (answered) => {
          const date = new Date(Date.now() + hour).toUTCString();
          return { ...answered, headers: { ...answered.headers, date } };
        },
      });
      const putBack = withVariables({ AWS_ENDPOINT_URL });
      await logs(["list", "--since", "10m"]);
      putBack();
      expect(Math.abs((asked[0] ?? 0) - (Date.now() + hour - 600_000))).toBeLessThan(10_000);
      // The next answer tells the time of this machine again.
      expect((await logs(["list"])).stdout).toContain("page read");
    });

    it("signs once more where AWS says that the time of a signature was wrong", async () => {
      let refusals = 0;
      const AWS_ENDPOINT_URL = await faultyProxy(moto.url, {
        instead: ({ headers }) => {
          if (!headers["x-amz-target"] || ++refusals > 1) return undefined;
          const type = "InvalidSignatureException";
          const date = new Date(Date.now() + 900_000).toUTCString();
          const text = JSON.stringify({ __type: type, message: "Signature expired" });
          return { status: 400, headers: { "x-amzn-errortype": type, date }, text };
        },
      });
      onTestFinished(withVariables({ AWS_ENDPOINT_URL }));
      const { exitCode, stdout } = await logs(["list"]);
      expect([exitCode, refusals]).toEqual([0, 2]);
      expect(stdout).toContain("page read");
    });

    it("asks CloudWatch to leave out lines only where it cannot leave out one that is wanted", async () => {
      const patterns: unknown[] = [];
      const AWS_ENDPOINT_URL = await faultyProxy(moto.url, {
        instead: ({ body, headers }) => {
          if (headers["x-amz-target"]) patterns.push(JSON.parse(body).filterPattern);
          return undefined;
        },
      });
      onTestFinished(withVariables({ AWS_ENDPOINT_URL }));
      await logs(["list", "--filter", "page", "--level", "info"]);
      await logs(["list", "--request-id", invocation]);
      expect(patterns).toEqual([undefined, `"${invocation}"`, `?"${invocation}" ?"caller-12345"`]);
    });
  });

  describe("with a query", () => {
    const query = "fields @timestamp, @message | sort @timestamp | limit 2";

    it("shows its rows as wide as the terminal is, or each value on a line of its own", async () => {
      const wide = await logs(["list", "--insights", query], { columns: 60, isScreen: true });
      expect(wide.exitCode).toBe(0);
      const lines = wide.stdout.trimEnd().split("\n");
      expect(lines[0]).toMatch(/^@timestamp +@message$/);
      expect(lines).toHaveLength(3);
      expect(Math.max(...lines.map((line) => line.length))).toBe(60);
      expect(lines[1]).toMatch(/…$/);
      const narrow = await logs(["list", "--insights", query], { columns: 15, isScreen: true });
      expect(narrow.stdout).toMatch(/^@timestamp\n \d+\n@message\n (?:.+\n)+\n@timestamp\n /);
    });

    it("gives programs one document", async () => {
      const { stdout } = await logs(["list", "--insights", query, "--json"]);
      const { queryId, statistics, rows } = JSON.parse(stdout);
      expect([typeof queryId, statistics, rows.length]).toEqual(["string", null, 2]);
      expect(rows.map((row: object) => Object.keys(row))).toEqual(
        Array.from({ length: 2 }, () => ["@timestamp", "@message"]),
      );
    });

    it("says how much was looked at, and what that costs", async () => {
      const AWS_ENDPOINT_URL = await faultyProxy(moto.url, {
        answers: (answered, { headers }) => {
          if (!String(headers["x-amz-target"]).endsWith("GetQueryResults")) return answered;
          const statistics = { recordsMatched: 2, recordsScanned: 900, bytesScanned: 2 ** 31 };
          return {
            ...answered,
            text: JSON.stringify({ ...JSON.parse(answered.text), statistics }),
          };
        },
      });
      onTestFinished(withVariables({ AWS_ENDPOINT_URL }));
      expect((await logs(["list", "--insights", query])).stderr).toContain(
        "2 rows of 2 matching lines; 900 lines and 2.0 GB scanned, about 0.0100 USD at the price of us-east-1.\n",
      );
    });

    it("says what is wrong with it", async () => {
      const AWS_ENDPOINT_URL = await faultyProxy(moto.url, {
        instead: ({ headers }) => {
          if (!headers["x-amz-target"]) return undefined;
          const type = "MalformedQueryException";
          const text = JSON.stringify({ __type: type, message: "unexpected symbol found count" });
          return { status: 400, headers: { "x-amzn-errortype": type }, text };
        },
      });
      onTestFinished(withVariables({ AWS_ENDPOINT_URL }));
      const { exitCode, stderr } = await logs(["list", "--insights", "count"]);
      expect(exitCode).toBe(64);
      expect(stderr).toContain(`error LOGS_QUERY_REFUSED
  at --insights
  CloudWatch Logs Insights does not take the query: unexpected symbol found count
`);
    });

    it("says that it has found nothing, and which functions have no log group", async () => {
      const none = await logs(["list", "--since", "1s", "--insights", query]);
      expect([none.exitCode, none.stdout]).toEqual([0, ""]);
      expect(none.stderr).toBe("The query has found nothing.\n");
      expect(await logs(["get", "--insights", query])).toMatchObject({ exitCode: 1 });
    });
  });
});
