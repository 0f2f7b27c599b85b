import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { dev } from "../../../test/dev-command.ts";
import { get, greeter, greeterManifest } from "../../../test/dev-servers.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { listen } from "../../dev/gateway/listen.ts";

const timeout = 60_000;

/** Neither this Node.js nor installed. */
const nowhere = process.versions.node.startsWith("22.") ? "nodejs24.x" : "nodejs22.x";
const version = process.versions.node;

/** A service whose function tells where it runs, on a Node.js that is not here. */
const teller = () =>
  greeter({
    "service.ts": greeterManifest.replace('prefix: "acme",', `$& runtime: "${nowhere}",`),
    "greet.ts": `
      import { isMainThread } from "node:worker_threads";
      export const handler = async () => {
        console.log("about to answer");
        const body = JSON.stringify({ isMainThread, module: import.meta.url });
        return { statusCode: 200, body };
      };`,
  });

/** A service whose function, which has no permission, reads from the table and answers what it gets. */
const reader = () =>
  greeter({
    "service.ts": greeterManifest.replace('name: "greeter"', 'name: "reader"'),
    "greet.ts": `
      export async function handler() {
        const key = process.env.AWS_ACCESS_KEY_ID;
        const answer = await fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB, {
          method: "POST",
          headers: {
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": "DynamoDB_20120810.GetItem",
            Authorization: "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
          },
          body: JSON.stringify({ TableName: "acme-reader-guests-dev", Key: { PK: { S: "Ada" } } }),
        });
        return { statusCode: 200, body: answer.status + " " + (await answer.text()) };
      }`,
  });

/** Serves a folder with these options, and asks it once. */
async function ask(service: string, ...options: string[]) {
  let answer = "";
  const result = await dev(service, ["--no-type-check", ...options], async ({ url }) => {
    answer = await (await get(`${url}/greeting`)).text();
  });
  return { ...result, answer };
}

describe("lambdakit dev --isolation", { timeout }, () => {
  it("runs functions in threads of this process unless it says otherwise", async () => {
    for (const options of [[], ["--isolation", "thread"]]) {
      const { answer, stdout } = await ask(await teller(), ...options);
      expect(JSON.parse(answer)).toMatchObject({ isMainThread: false });
      expect(stdout).toContain(`  - ${nowhere}: the functions run on Node.js ${version} here\n`);
    }
  });

  it("process needs the Node.js of the service's runtime, and says how to get it", async () => {
    const { exitCode, stdout, stderr } = await ask(await teller(), "--isolation", "process");
    expect([exitCode, stdout]).toEqual([expect.any(Number), ""]);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("error DEV_RUNTIME_NOT_FOUND\n");
    expect(stderr).toMatch(/ {2}fix: npm install --save-dev node@2\d\n$/);
  });

  it("process runs functions in processes, on another Node.js where that is known", async () => {
    const options = ["--isolation", "process", "--not-emulated", "runtime"];
    const { answer, stdout } = await ask(await teller(), ...options);
    expect(JSON.parse(answer)).toMatchObject({ isMainThread: true });
    expect(stdout).toContain(`  - ${nowhere}: the functions run on Node.js ${version} here\n`);
  });
});

describe("lambdakit dev --packaged", { timeout }, () => {
  it("runs each function's zip outside of the service, as a process, and takes it away", async () => {
    const service = await teller();
    const { answer, exitCode } = await ask(service, "--packaged", "--not-emulated", "runtime");
    const { isMainThread, module } = JSON.parse(answer);
    expect([isMainThread, exitCode]).toEqual([true, 0]);
    expect(module).toMatch(/\/lambdakit-\d+-\w+\/.*\/index\.mjs$/);
    expect(module).not.toContain(service);
    expect(existsSync(new URL(module))).toBe(false);
  });

  it("is a process whatever --isolation says", async () => {
    const options = ["--packaged", "--isolation", "thread", "--not-emulated", "runtime"];
    const { answer } = await ask(await teller(), ...options);
    expect(JSON.parse(answer)).toMatchObject({ isMainThread: true });
  });
});

describe("lambdakit dev and what functions may do at the tables", { timeout }, () => {
  it("refuses what the function's policy does not allow, and says what would allow it", async () => {
    const { answer, stderr } = await ask(await reader());
    expect(answer).toMatch(/^400 .*AccessDeniedException/);
    expect(stderr).toContain(
      "  greet access denied User: arn:aws:sts::123456789012:assumed-role/acme-reader-greet-dev/acme-reader-greet-dev is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:123456789012:table/acme-reader-guests-dev",
    );
    expect(stderr).toContain(
      '\n    fix: add { allow: ["GetItem"], partitionKeys: ["Ada"] } to functions.greet.tables.guests in service.ts\n',
    );
  });

  it("allows everything with --no-policy", async () => {
    const { answer, stderr } = await ask(await reader(), "--no-policy");
    expect(answer).toBe("200 {}");
    expect(stderr).not.toContain("denied");
  });

  it("lets calls meet the faults of --chaos", async () => {
    const { answer } = await ask(await reader(), "--no-policy", "--chaos", "error=100%");
    expect(answer).toMatch(/^500 .*InternalServerError/);
  });
});

describe("lambdakit dev --not-emulated", { timeout }, () => {
  const hungry = () =>
    greeter({
      "service.ts": greeterManifest.replace('entry: "greet.ts",', "$& ephemeralStorageMb: 1024,"),
    });

  it("is asked for where a service wants what is not emulated", async () => {
    const { exitCode, stdout, stderr } = await ask(await hungry());
    expect([exitCode === 0, stdout]).toEqual([false, ""]);
    expect(stderr).toContain("error DEV_NOT_EMULATED\n");
    expect(stderr).toContain("greet asks for 1024 MB of /tmp");
    expect(stderr).toContain("  fix: lambdakit dev --not-emulated ephemeral-storage\n");
  });

  it("serves it all the same, and says what is different", async () => {
    const options = ["--not-emulated", "runtime,ephemeral-storage"];
    const { answer, stdout } = await ask(await hungry(), ...options);
    expect(answer).toBe("hello");
    expect(stdout).toMatch(/^ {2}- greet asks for 1024 MB of \/tmp/m);
  });
});

describe("what lambdakit dev shows of functions", { timeout }, () => {
  it("is what they write, without what Lambda itself would write", async () => {
    const { stderr } = await ask(await teller());
    expect(stderr).toMatch(/^ {2}greet INFO about to answer$/m);
    expect(stderr).not.toMatch(/START|END|REPORT/);
  });

  it("is Lambda's own lines too with --platform-logs", async () => {
    const { stderr } = await ask(await teller(), "--platform-logs");
    const kinds = [...stderr.matchAll(/^ {2}greet ([A-Z_]+)/gm)].map(([, kind]) => kind);
    expect(kinds).toEqual(["INIT_START", "START", "INFO", "END", "REPORT"]);
  });
});

describe("lambdakit dev and types", { timeout }, () => {
  it("says why they are not checked, where they cannot be", async () => {
    const { stderr } = await dev(await greeter(), []);
    expect(stderr).toMatch(/^Types are not checked: no TypeScript is installed in /);
  });

  it("says nothing of them with --no-type-check", async () => {
    const { stderr } = await dev(await greeter(), ["--no-type-check"]);
    expect(stderr).toBe("Stopping.\n");
  });

  it("shows what is wrong with them, with the place", async () => {
    const service = await greeter({
      "tsconfig.json": "{}",
      "node_modules/typescript/package.json": "{}",
      "node_modules/typescript/bin/tsc": `
        console.log("greet.ts(3,5): error TS2322: Type 'a' is not assignable to type 'b'.");
        console.log("  Reasons follow.");`,
    });
    const { stderr } = await dev(service, [], ({ said }) => said(/serves all the same/));
    expect(stderr).toContain(
      `error TS2322
  at ${service}/greet.ts:3:5
  Type 'a' is not assignable to type 'b'.
    Reasons follow.
  The code serves all the same.
`,
    );
  });
});

describe("lambdakit dev --inspect", { timeout }, () => {
  it("says where a debugger attaches", async () => {
    const { stdout, exitCode } = await dev(await greeter(), ["--inspect", "0"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Debugger: ws:\/\/127\.0\.0\.1:\d+\//m);
    const json = await dev(await greeter(), ["--inspect=0", "--json", "--no-type-check"]);
    expect(JSON.parse(json.stdout.split("\n")[0] ?? "")).toMatchObject({
      type: "ready",
      inspector: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\//),
    });
  });

  it("means Node.js's own port where none follows", async () => {
    // Whoever holds the port: it is the one that is named.
    const holder = await listen(createServer(), 9229).catch(() => undefined);
    onTestFinished(() => holder?.close());
    const { exitCode, stderr } = await dev(await greeter(), ["--inspect", "--no-type-check"]);
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(
      /^error DEV_PORT_IN_USE\n {2}at --inspect\n {2}Port 9229, .*\n {2}fix: lambdakit dev --inspect 92\d\d\n$/,
    );
  });
});

describe("lambdakit dev, with values that cannot be", () => {
  it.each([
    ["--isolation", "fiber", '--isolation is "fiber", and has to be thread, process.'],
    ["--inspect", "65536", "--inspect is 65536, and has to be from 0 to 65535."],
    ["--inspect", "9x", '--inspect is "9x", which is not a whole number.'],
    ["--port", "70000", "--port is 70000, and has to be from 0 to 65535."],
    ["--chaos", "thunder=5%", '"thunder=5%" is none of throttle=N%, latency=Nms, error=N%'],
    [
      "--not-emulated",
      "runtime,runtme",
      '--not-emulated has "runtme", and there are ephemeral-storage, iam, runtime.',
    ],
    ["--chaos", "--packaged", "--chaos needs a value."],
  ])("refuses %s %s", async (option, value, message) => {
    const { exitCode, stdout, stderr } = await lambdakit(["dev", option, value]);
    expect([exitCode, stdout]).toEqual([64, ""]);
    expect(stderr).toContain("error CLI_BAD_VALUE\n");
    expect(stderr).toContain(message);
    expect(stderr).toMatch(new RegExp(`\\n {2}fix: write ${option} \\S.*\\n$`));
  });

  it("says which name was meant", async () => {
    const fixOf = async (names: string) => {
      const { stderr } = await lambdakit(["dev", "--not-emulated", names]);
      return /fix: (.*)/.exec(stderr)?.[1];
    };
    expect(await fixOf("runtme")).toBe("write --not-emulated runtime");
    expect(await fixOf("everything")).toBe("write --not-emulated ephemeral-storage,iam,runtime");
  });
});
