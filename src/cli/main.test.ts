import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { lambdakit } from "../../test/recording-terminal.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";

const escapeSequence = "\u001b[";

describe("lambdakit", () => {
  it.each(["--version", "-v"])("prints the version of package.json for %s", async (option) => {
    expect(await lambdakit([option])).toMatchObject({
      exitCode: 0,
      stdout: `${packageJson.version}\n`,
      stderr: "",
    });
  });

  it("refuses an unknown command, and suggests the one that was meant", async () => {
    expect(await lambdakit(["dve"])).toMatchObject({
      exitCode: 64,
      stdout: "",
      stderr: `error CLI_UNKNOWN_COMMAND
  at dve
  There is no command "dve".
  fix: lambdakit dev
`,
    });
  });

  it("refuses a command that is like no other, and names the help", async () => {
    const { exitCode, stderr } = await lambdakit(["terraform"]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain('There is no command "terraform".\n  fix: lambdakit --help\n');
  });

  it("does not take an option for a command", async () => {
    expect((await lambdakit(["--prot", "3000"])).exitCode).toBe(64);
  });

  it("ends with 64 where an option is mistyped, before it does anything", async () => {
    const { exitCode, stdout, stderr } = await lambdakit(["dev", "--prot", "3000"]);
    expect([exitCode, stdout]).toEqual([64, ""]);
    expect(stderr).toBe(`error CLI_UNKNOWN_OPTION
  at --prot
  lambdakit dev has no option --prot. Did you mean --port?
  fix: lambdakit dev --port 3000
`);
  });

  it.each([
    [["explain", "--env", "production"], '--env is "production", and has to be dev, sit, prod.'],
    [["dev", "--port", "three"], '--port is "three", which is not a whole number.'],
    [["doctor", "--service"], "--service needs a value."],
    [["doctor", "now"], '"now" is one argument too many for lambdakit doctor.'],
    [["explain", "a", "b"], '"b" is one argument too many for lambdakit explain.'],
  ])("ends with 64 for %j", async (args, message) => {
    const { exitCode, stdout, stderr } = await lambdakit(args);
    expect([exitCode, stdout]).toEqual([64, ""]);
    expect(stderr).toContain(message);
  });

  it("says every mistake of a command line at once", async () => {
    const { stderr } = await lambdakit(["dev", "--prot", "3000", "--memory=yes", "extra"]);
    expect(stderr).toContain("no option --prot");
    expect(stderr).toContain("--memory takes no value");
    expect(stderr).toContain('"extra" is one argument too many');
  });

  it("prints the help even where other options are there", async () => {
    const { exitCode, stdout } = await lambdakit(["dev", "--port", "3000", "--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^lambdakit dev \[options\]\n/);
  });
});

describe("with --json", () => {
  it("puts an error on stdout as one document, and nothing anywhere else", async () => {
    const { exitCode, stdout, stderr } = await lambdakit(["dev", "--json", "--prot", "3000"]);
    expect([exitCode, stderr]).toEqual([64, ""]);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: "CLI_UNKNOWN_OPTION",
        message: "lambdakit dev has no option --prot. Did you mean --port?",
        fix: "lambdakit dev --json --port 3000",
        at: "--prot",
        problems: [],
      },
    });
  });

  it("puts every problem of a manifest into the document, with its place", async () => {
    const service = await temporaryFolder({ "service.ts": "export default {\n  name: 5,\n};\n" });
    const { exitCode, stdout, stderr } = await lambdakit([
      "explain",
      "--json",
      "--service",
      service,
    ]);
    expect([exitCode, stderr]).toEqual([1, ""]);
    const { error } = JSON.parse(stdout);
    expect(error.code).toBe("MANIFEST_INVALID");
    expect(error.problems).toContainEqual({
      code: "MANIFEST_WRONG_TYPE",
      path: ["name"],
      message: "name is 5, which is not of type string",
      fix: "write a value of type string",
      place: { file: `${service}/service.ts`, line: 2, column: 3 },
    });
  });
});

describe("with --quiet", () => {
  it("still says what went wrong", async () => {
    const { exitCode, stderr } = await lambdakit(["explain", "--quiet", "--env", "prd"]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain("CLI_BAD_VALUE");
  });
});

describe("in colour", () => {
  it("paints an error, and says the same as without", async () => {
    const painted = await lambdakit(["dve"], { color: true });
    const plain = await lambdakit(["dve"]);
    expect(painted.stderr).toContain(escapeSequence);
    expect(plain.stderr).not.toContain(escapeSequence);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(painted.stderr.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain.stderr);
  });

  it("paints nothing with --no-color", async () => {
    const { stderr } = await lambdakit(["dev", "--no-color", "--port", "x"], { color: true });
    expect(stderr).not.toContain(escapeSequence);
  });
});

describe("a manifest that has problems", () => {
  it("is printed with every problem: its line, its place in the manifest, and its fix", async () => {
    const service = await temporaryFolder({
      "service.ts": `import { defineService } from "lambdakit";

const environment = { region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7 };

export default defineService({
  name: "shop",
  prefix: "acme",
  description: "What the shop sells",
  memoryMb: 64,
  api: { cors: { allowOrigins: ["*"] } },
  functions: {
    list: { description: "List", entry: "list.ts", routes: ["GET /", "FETCH /"], auth: "none" },
    get: { description: "Get", entry: "get.ts", tables: { orders: [{ allow: ["GetItem"] }] } },
  },
  environments: {
    dev: { accountId: "111111111111", approval: "none", ...environment },
    sit: { accountId: "222222222222", aproval: "confirm", ...environment, approval: "none" },
    prod: { accountId: "333333333333", approval: "none", ...environment },
  },
});
`,
      "list.ts": "",
    });
    const { exitCode, stdout, stderr } = await lambdakit(["explain", "--service", service]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr.replaceAll(service, "SHOP")).toBe(`error MANIFEST_INVALID
  at SHOP/service.ts
  service.ts has 6 problems.

  SHOP/service.ts:9:3  memoryMb  MANIFEST_OUT_OF_RANGE
    memoryMb is 64, and has to be at least 128
    fix: write at least 128

  SHOP/service.ts:12:70  functions.list.routes[1]  MANIFEST_BAD_FORM
    "FETCH /" is not of the form that is needed here
    fix: write a method and a path, such as "GET /v1.0/products/{productId}"

  SHOP/service.ts:13:32  functions.get.entry  MANIFEST_FILE_NOT_FOUND
    there is no file get.ts
    fix: write the path of a file, relative to service.ts

  SHOP/service.ts:13:59  functions.get.tables.orders  MANIFEST_UNKNOWN_TABLE
    there is no table "orders"
    fix: declare it under tables

  SHOP/service.ts:17:39  environments.sit.aproval  MANIFEST_UNKNOWN_KEY
    there is no key "aproval" here
    fix: write "approval"

  SHOP/service.ts:18:40  environments.prod.approval  MANIFEST_UNPROTECTED_PRODUCTION
    prod could be changed with approval "none"
    fix: write approval: "confirm-and-reason"
`);
  });

  it("is printed with its path from here, where it is below this folder", async () => {
    const { stderr } = await lambdakit(["explain", "--service", "no/such/service"]);
    expect(stderr).toContain("  at no/such/service/service.ts\n");
  });
});

describe("a failure that nobody foresaw", () => {
  it("is told as a bug of ours, with what to report", async () => {
    const { exitCode, stderr } = await lambdakit(["--version"], {
      onOut() {
        throw new TypeError("the answer has no reader");
      },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^error INTERNAL\n {2}This is a bug in lambdakit\.\n {2}TypeError: the answer has no reader\n {6}at /,
    );
    expect(stderr).toMatch(
      /\n {2}fix: report it with the lines above, the command, and the output of lambdakit doctor\n$/,
    );
  });

  it("is told even where it is no Error, or an Error without a stack", async () => {
    const failingWith = (thrown: unknown) =>
      lambdakit(["--version"], {
        onOut() {
          throw thrown;
        },
      });
    expect((await failingWith("out of paper")).stderr).toContain("  out of paper\n");
    const bare = Object.assign(new Error("out of ink"), { stack: undefined });
    expect((await failingWith(bare)).stderr).toContain("  out of ink\n");
  });
});
