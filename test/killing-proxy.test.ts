import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFile, readFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { readAlias } from "../src/emulator/deployed/deployed-alias.ts";
import { findMoto, type Moto, startMoto } from "../src/emulator/start-moto.ts";
import { publishVersion } from "./deployed/planted/plant-function.ts";
import { type PlantedService, plantService } from "./deployed/planted/plant-service.ts";
import { tinyFunctions, tinyZip } from "./deployed/planted/tiny-zip.ts";
import { type Intervention, type KillingProxy, startKillingProxy } from "./killing-proxy.ts";
import { productPlan } from "./product-plan.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { isLacking } from "./terraform.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const plan = productPlan("dev");
const bucket = plan.deployment.artifactBucket;

/** What each program begins with. `call` says what became of a call. */
const prelude = `
  import * as cloudWatch from "@aws-sdk/client-cloudwatch";
  import * as lambda from "@aws-sdk/client-lambda";
  import * as s3 from "@aws-sdk/client-s3";
  import * as sts from "@aws-sdk/client-sts";
  const Bucket = ${JSON.stringify(bucket)};
  const once = { maxAttempts: 1 };
  const s3Client = new s3.S3Client(once);
  const lambdaClient = new lambda.LambdaClient(once);
  const put = (Key) => call(s3Client, new s3.PutObjectCommand({ Bucket, Key, Body: "x" }));
  async function call(client, command) {
    try {
      await client.send(command);
      console.log("ok");
    } catch (error) {
      console.log(error.name);
    }
  }
`;

describe.skipIf(isLacking(findMoto(), "Nothing is killed"))("a killing proxy", () => {
  let moto: Moto;
  let planted: PlantedService;
  let proxy: KillingProxy;
  beforeAll(async () => {
    moto = await startMoto(plan.region, undefined, false);
    planted = await plantService(moto, plan, tinyFunctions(plan));
  });
  beforeEach(async () => {
    proxy = await startKillingProxy(moto.url);
    onTestFinished(() => proxy.stop());
  });
  afterAll(() => moto?.stop());

  it("says what is called, in AWS's words", async () => {
    const { output } = await run(`
      await put("deployments/product/dev/000001/started.json");
      await call(s3Client, new s3.GetObjectCommand({ Bucket, Key: "deployments/product/dev/000001/started.json" }));
      await call(s3Client, new s3.HeadBucketCommand({ Bucket }));
      await call(s3Client, new s3.ListObjectsV2Command({ Bucket, Prefix: "deployments/" }));
      await call(s3Client, new s3.CopyObjectCommand({ Bucket, Key: "copy", CopySource: Bucket + "/deployments/product/dev/000001/started.json" }));
      await call(s3Client, new s3.DeleteObjectCommand({ Bucket, Key: "copy" }));
      const FunctionName = "bbws-product-get-dev";
      await call(lambdaClient, new lambda.GetAliasCommand({ FunctionName, Name: "live" }));
      await call(lambdaClient, new lambda.UpdateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
      await call(lambdaClient, new lambda.ListFunctionsCommand({}));
      await call(lambdaClient, new lambda.ListVersionsByFunctionCommand({ FunctionName }));
      await call(lambdaClient, new lambda.GetFunctionCommand({ FunctionName }));
      const RoleArn = "arn:aws:iam::111122223333:role/releases";
      await call(new sts.STSClient(once), new sts.AssumeRoleCommand({ RoleArn, RoleSessionName: "test" }));
      const client = new cloudWatch.CloudWatchClient(once);
      await call(client, new cloudWatch.DescribeAlarmsCommand({}));
    `);
    expect(output).toBe("ok\n".repeat(13));
    expect(proxy.calls).toEqual([
      "s3 PutObject deployments/product/dev/000001/started.json",
      "s3 GetObject deployments/product/dev/000001/started.json",
      "s3 HeadBucket",
      "s3 ListObjectsV2 deployments/",
      "s3 CopyObject copy",
      "s3 DeleteObject copy",
      "lambda GetAlias bbws-product-get-dev",
      "lambda UpdateAlias bbws-product-get-dev",
      "lambda ListFunctions",
      "lambda ListVersionsByFunction bbws-product-get-dev",
      "lambda GetFunction bbws-product-get-dev",
      "sts AssumeRole",
      "monitoring DescribeAlarms",
    ]);
  });

  it.each([
    ["kill-before", [], null],
    ["kill-after", ["b"], null],
    ["drop-before", ["c"], "ok\n(TimeoutError|Error|AbortError|ECONNRESET)\nok\n"],
    ["drop-after", ["b", "c"], "ok\n(TimeoutError|Error|AbortError|ECONNRESET)\nok\n"],
    [{ fail: { status: 503, code: "SlowDown" } }, ["c"], "ok\nSlowDown\nok\n"],
  ] as readonly (readonly [Intervention, readonly string[], string | null])[])(
    "lets the second of three calls come to %j",
    async (intervention, more, said) => {
      const folder = `${JSON.stringify(intervention).replaceAll(/\W/g, "")}/`;
      const { happened } = proxy.arrange(2, intervention);
      const { output, signal } = await run(
        ["a", "b", "c"].map((name) => `await put("${folder}${name}");`).join("\n"),
      );
      expect(await happened).toBe(`s3 PutObject ${folder}b`);
      expect(signal).toBe(said === null ? "SIGKILL" : null);
      expect(output).toMatch(new RegExp(`^${said ?? "ok\n"}$`));
      expect(await keys(folder)).toEqual(["a", ...more]);
      expect(proxy.calls).toHaveLength(said === null ? 2 : 3);
    },
  );

  it("refuses as each service does", async () => {
    const fail = (status: number, code: string): Intervention => ({ fail: { status, code } });
    proxy.arrange({ call: /UpdateAlias/ }, fail(429, "TooManyRequestsException"));
    proxy.arrange({ call: "sts AssumeRole" }, fail(403, "AccessDenied"));
    proxy.arrange({ call: /DescribeAlarms/ }, fail(400, "Throttling"));
    proxy.arrange({ call: /GetObject/, nth: 2 }, fail(404, "NoSuchKey"));
    const { output } = await run(`
      await put("there");
      const FunctionName = "bbws-product-get-dev";
      await call(lambdaClient, new lambda.UpdateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
      const RoleArn = "arn:aws:iam::111122223333:role/releases";
      await call(new sts.STSClient(once), new sts.AssumeRoleCommand({ RoleArn, RoleSessionName: "test" }));
      await call(new cloudWatch.CloudWatchClient(once), new cloudWatch.DescribeAlarmsCommand({}));
      for (const time of [1, 2]) await call(s3Client, new s3.GetObjectCommand({ Bucket, Key: "there" }));
    `);
    expect(output).toBe("ok\nTooManyRequestsException\nAccessDenied\nThrottling\nok\nNoSuchKey\n");
  });

  it("holds a call until it is released, and lets another program go on meanwhile", async () => {
    const { happened, release } = proxy.arrange({ call: "s3 PutObject hold/first" }, "hold");
    const first = run(`await put("hold/first");`);
    await happened;
    expect((await run(`await put("hold/second");`)).output).toBe("ok\n");
    expect(await keys("hold/")).toEqual(["second"]);
    release();
    expect((await first).output).toBe("ok\n");
    expect(await keys("hold/")).toEqual(["first", "second"]);
  });

  it("counts calls at once by their arrival: two of six are made where it kills before the third", async () => {
    const zip = tinyZip(`{ statusCode: 201, body: "" }`);
    const names = plan.functions.map(({ name }) => name);
    for (const { key } of plan.functions) await publishVersion(planted.account, plan, key, { zip });
    proxy.arrange({ call: /UpdateAlias/, nth: 3 }, "kill-before");
    const { signal } = await run(`
      await Promise.all(${JSON.stringify(names)}.map((FunctionName) =>
        call(lambdaClient, new lambda.UpdateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "2" }))));
    `);
    expect(signal).toBe("SIGKILL");
    const versions = plan.functions.map(
      async ({ arn }) => (await readAlias(planted.account, `${arn}:live`)).version,
    );
    await vi.waitFor(async () =>
      expect((await Promise.all(versions)).sort()).toEqual(["1", "1", "1", "1", "2", "2"]),
    );
  });

  it.each([false, true])(
    "kills what the program has started, Terraform spared: %s",
    async (spares) => {
      const folder = await temporaryFolder();
      const terraform = path.join(folder, "terraform");
      await copyFile("/bin/sleep", terraform);
      proxy.arrange(1, "kill-before");
      const { signal } = await run(
        `
      const { spawn } = await import("node:child_process");
      const { writeFileSync } = await import("node:fs");
      const pids = [${JSON.stringify(terraform)}, "/bin/sleep"].map((program) => spawn(program, ["60"], { stdio: "ignore" }).pid);
      writeFileSync(${JSON.stringify(path.join(folder, "pids"))}, pids.join(" "));
      await put("never");
      `,
        spares,
      );
      expect(signal).toBe("SIGKILL");
      const pids = (await readFile(path.join(folder, "pids"), "utf8")).split(" ").map(Number);
      const [ofTerraform = 0, other = 0] = pids;
      await vi.waitFor(() => expect([runs(ofTerraform), runs(other)]).toEqual([spares, false]));
      if (spares) process.kill(ofTerraform, "SIGKILL");
    },
  );

  async function run(source: string, sparesTerraform = false) {
    const { accessKeyId, secretAccessKey, sessionToken } = planted.account.credentials;
    const child: ChildProcess = spawn(
      process.execPath,
      ["--input-type=module", "--eval", `${prelude}${source}`],
      {
        cwd: root,
        detached: true,
        stdio: ["ignore", "pipe", "inherit"],
        env: {
          PATH: process.env.PATH,
          AWS_ENDPOINT_URL: proxy.url,
          AWS_REGION: plan.region,
          AWS_ACCESS_KEY_ID: accessKeyId,
          AWS_SECRET_ACCESS_KEY: secretAccessKey,
          AWS_SESSION_TOKEN: sessionToken,
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        },
      },
    );
    proxy.kills({ child, sparesTerraform });
    const [output, [, signal]] = await Promise.all([
      text(child.stdout as NodeJS.ReadableStream),
      once(child, "close"),
    ]);
    return { output, signal };
  }

  /** What lies in a folder of the bucket, by the emulator's own word. */
  async function keys(prefix: string): Promise<string[]> {
    const list = await planted.account.ask("s3", `/${bucket}?list-type=2&prefix=${prefix}`);
    const found = (await list.text()).matchAll(/<Key>[^<]*\/([^<]*)<\/Key>/g);
    return [...found].map(([, name = ""]) => name);
  }
});

/** One that is dead may still be listed, where nobody asks what became of it. */
function runs(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return /^[^Z]/.test(stdout.trim());
}
