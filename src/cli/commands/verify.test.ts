/** What the command says of what it has found; what it finds is test/integration/verify.test.ts's. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fault, faultyProxy } from "../../../test/faulty-proxy.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { serviceSource } from "../../../test/served-service.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { startLocalService } from "../../testing/index.ts";

const product = fileURLToPath(new URL("../../../services/product", import.meta.url));

let before: string | undefined;
let service: Awaited<ReturnType<typeof startLocalService>>;
beforeAll(async () => {
  service = await startLocalService(product);
  before = process.env.LAMBDAKIT_TOKEN;
  process.env.LAMBDAKIT_TOKEN = await service.token();
});
afterAll(async () => {
  if (before === undefined) delete process.env.LAMBDAKIT_TOKEN;
  else process.env.LAMBDAKIT_TOKEN = before;
  await service?.stop();
});

const verify = (...args: string[]) => lambdakit(["verify", "--service", product, ...args]);

/** An API that takes a body without a name, and has no idea of request ids. */
const careless: Fault = {
  asks: (asked) =>
    asked.method === "POST" && asked.body.startsWith('{"description"')
      ? { ...asked, body: asked.body.replace("{", '{"name":"Repaired",') }
      : asked,
  answers: (answered, { method }) =>
    method === "DELETE"
      ? { ...answered, text: answered.text.replace("requestId", "id") }
      : answered,
};

describe("lambdakit verify", () => {
  it("says in a line for each route what has passed", async () => {
    const { exitCode, stdout, stderr } = await verify("--url", `${service.url}/`);
    expect(exitCode).toBe(0);
    expect(withoutTimes(stdout)).toBe(`\
ok      1 check        N ms  the product service answers here
ok      8 checks       N ms  GET /v1.0/products
ok      8 checks       N ms  GET /v1.0/products/{productId}
ok      29 checks      N ms  POST /v1.0/products
ok      27 checks      N ms  PUT /v1.0/products/{productId}
ok      8 checks       N ms  DELETE /v1.0/products/{productId}
ok      1 check        N ms  OPTIONS /v1.0/products
ok      1 check        N ms  OPTIONS /v1.0/products/{productId}
ok      1 check        N ms  refuses a path that is no route, with 403

All 84 checks passed at ${service.url}
`);
    expect(stderr).toBe("An item of /v1.0/products will be made in dev, and deleted again.\n");
  });

  it("says below a route what has failed, in 80 columns, and ends with 1", async () => {
    const url = await faultyProxy(service.url, careless);
    const { exitCode, stdout, stderr } = await verify("--url", url);
    expect(exitCode).toBe(1);
    const lines = withoutTimes(stdout)
      .replace(/PROD-\w{6}/g, "PROD-123456")
      .split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    const from = (start: string) => lines.findIndex((line) => line.startsWith(start));
    expect(lines.slice(from("failed"), from("ok      27"))).toEqual([
      "failed  1 of 29        N ms  POST /v1.0/products",
      "    refuses a body without name, with 400",
      '      is 201 {"productId":"PROD-123456","name":"Repaired","description":"Test","',
      '      price":"99.99","currency":"ZAR",…; what it has made, PROD-123456, was',
      "      deleted again",
    ]);
    expect(lines.at(-2)).toBe(`2 of 84 checks failed at ${url}`);
    expect(stderr).toContain("failed: POST /v1.0/products body.name.missing\n");
  });

  it("says what is left out where there is no token, and refuses what is none", async () => {
    const token = process.env.LAMBDAKIT_TOKEN;
    try {
      delete process.env.LAMBDAKIT_TOKEN;
      const without = await verify("--url", service.url);
      expect(without.exitCode).toBe(0);
      expect(without.stdout).toContain("All 30 checks passed");
      expect(without.stderr).toContain("There is no LAMBDAKIT_TOKEN");
      process.env.LAMBDAKIT_TOKEN = "a secret";
      const wrong = await verify("--url", service.url);
      expect(wrong.exitCode).toBe(64);
      expect(wrong.stderr).not.toContain("secret");
    } finally {
      process.env.LAMBDAKIT_TOKEN = token;
    }
  });

  it("tells a program every check with --json", async () => {
    const { stdout, exitCode } = await verify("--url", service.url, "--json");
    const { checks, ...rest } = JSON.parse(stdout);
    expect([exitCode, rest]).toEqual([
      0,
      {
        service: "product",
        environment: "dev",
        release: null,
        roundTrip: true,
        url: service.url,
        passed: true,
      },
    ]);
    expect(checks).toHaveLength(84);
    expect(checks[1]).toEqual({
      id: "GET /v1.0/products example",
      what: "answers its example, with 200",
      route: "GET /v1.0/products",
      passed: true,
      detail: null,
      milliseconds: expect.any(Number),
    });
  });

  it("changes nothing in PROD, and nothing elsewhere with --no-round-trip", async () => {
    const writes: string[] = [];
    const url = await faultyProxy(service.url, {
      answers: (answered, { method, path }) => {
        const isWrite = method !== "GET" && method !== "OPTIONS";
        if (isWrite && answered.status < 300) writes.push(`${method} ${path}`);
        return answered;
      },
    });
    for (const args of [["--env", "prod"], ["--no-round-trip"]]) {
      const { exitCode, stderr } = await verify("--url", url, ...args);
      expect([exitCode, stderr]).toEqual([
        0,
        `No round trip: nothing is changed in ${args[1] ?? "dev"}. --round-trip makes one.\n`,
      ]);
    }
    expect(writes).toEqual([]);
    await verify("--url", url, "--env", "prod", "--round-trip");
    expect(writes.map((one) => one.split(" ")[0])).toEqual(["POST", "PUT", "DELETE"]);
  });

  it.each(["product", "ftp://example.com", "https://example.com/v1?x=1"])(
    "refuses %s as a URL",
    async (text) => {
      const { exitCode, stderr } = await verify("--url", text);
      expect(exitCode).toBe(64);
      expect(stderr).toContain(`--url is "${text}", and has to be an http or https URL`);
    },
  );

  it("refuses a round trip that is wanted and not wanted", async () => {
    const { exitCode, stderr } = await verify(
      "--url",
      service.url,
      "--round-trip",
      "--no-round-trip",
    );
    expect([exitCode, stderr.split("\n")[0]]).toEqual([64, "error CLI_BAD_VALUE"]);
  });

  it("says where no round trip can be made", async () => {
    const manifest = serviceSource(
      { tell: { routes: ["GET /time"], auth: "none" } },
      { tables: {} },
    );
    const folder = await temporaryFolder({ "service.ts": manifest, "tell.ts": "" });
    const { stderr } = await lambdakit(["verify", "--service", folder, "--url", service.url]);
    expect(stderr).toContain("No round trip: no POST has an example, and a GET and a DELETE");
  });
});

/** Columns stay as wide as they are. */
function withoutTimes(text: string): string {
  return text.replace(/ +\d+ ms/g, (found) => `${"N ms".padStart(found.length)}`);
}
