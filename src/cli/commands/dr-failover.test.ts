/** A service in two regions, by the commands: an emulator for AWS, whose primary region is lost, and a fake for Terraform. */
import { rm } from "node:fs/promises";
import path from "node:path";
import { PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudWatchOf } from "../../../test/deployed/cloud-watch.ts";
import { plantName } from "../../../test/deployed/planted/plant-name.ts";
import { plantRelease } from "../../../test/deployed/planted/plant-release.ts";
import { type PlantedService, plantService } from "../../../test/deployed/planted/plant-service.ts";
import { tinyFunctions } from "../../../test/deployed/planted/tiny-zip.ts";
import { type RegionalProxy, startRegionalProxy } from "../../../test/deployed/regional-proxy.ts";
import { type FakeTerraform, fakeTerraform } from "../../../test/fake-terraform.ts";
import { productCopy, replaced } from "../../../test/product-copy.ts";
import {
  lambdakit,
  type Recording,
  recordingTerminal,
  type Situation,
} from "../../../test/recording-terminal.ts";
import { verification } from "../../../test/release-world.ts";
import { folderOf } from "../../../test/served-service.ts";
import { isLacking } from "../../../test/terraform.ts";
import { withVariables } from "../../../test/variables.ts";
import { type Account, enterAccount } from "../../emulator/deployed/account.ts";
import { findMoto, type Moto, startMoto } from "../../emulator/start-moto.ts";
import type { Manifest } from "../../manifest/index.ts";
import { loadService } from "../../package/index.ts";
import { planService, type ServicePlan, standbyPlan } from "../../plan/index.ts";
import { openEnvironment, recordVerification } from "../../release/index.ts";
import { openServiceStack } from "../../terraform/index.ts";
import { startLocalService } from "../../testing/index.ts";
import { parseInput } from "../parse-input.ts";
import { type CallersSeams, leadCallers } from "../recovery/lead-callers.ts";
import { openRegions } from "../recovery/open-regions.ts";
import { drFailback } from "./dr-failback.ts";
import { drFailover } from "./dr-failover.ts";

const zone = "Z0123456789EXAMPLE";
const consent = ["--confirm", "deploy-to-production", "--reason", "a drill"];
const isWide = (columns: number) => (line: string) => line.length > columns;

describe.skipIf(isLacking(findMoto(), "No region is lost"))(
  "a service in two regions",
  { timeout: 120_000 },
  () => {
    let moto: Moto;
    let proxy: RegionalProxy;
    let terraform: FakeTerraform;
    let account: Account;
    /** As it is, and with a domain: each in a folder of its own, and the same account. */
    let folder: string;
    let primary: ServicePlan;
    let standby: ServicePlan;
    let here: PlantedService;
    let release = "";
    let local: Awaited<ReturnType<typeof startLocalService>>;
    let leave: () => void;

    beforeAll(async () => {
      const region = 'recoveryRegion: "eu-west-1",';
      const domain = `domain: { name: "products.example.com", zoneId: "${zone}" },`;
      [moto, folder] = await Promise.all([
        startMoto("eu-west-1", undefined, false),
        productCopy({
          "service.ts": (text) => replaced(text, region, `${region}\n      ${domain}`),
        }),
      ]);
      const { manifest } = await loadService(folder);
      primary = planService(manifest, "prod");
      standby = standbyPlan(manifest, "prod") as ServicePlan;
      account = await enterAccount(moto, primary.accountId, standby.region);
      const zoneId = await plantName(account, "products.example.com");
      proxy = await startRegionalProxy(moto.url, [primary.region, standby.region], {
        [zone]: zoneId,
      });
      terraform = await fakeTerraform(
        { version: { out: [{ terraform_version: "1.11.4" }] }, plan: { out: [] } },
        await folderOf({}),
      );
      const { accessKeyId, secretAccessKey, sessionToken } = account.credentials;
      leave = withVariables({
        ...moto.env,
        AWS_ENDPOINT_URL: proxy.url,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
        AWS_PROFILE: undefined,
        LAMBDAKIT_URL: undefined,
        LAMBDAKIT_TOKEN: undefined,
        PATH: [path.dirname(terraform.program), process.env.PATH].join(path.delimiter),
      });
      local = await startLocalService(folder);
      await plant(manifest);
    }, 120_000);

    afterAll(async () => {
      leave?.();
      await Promise.all([local?.stop(), proxy?.stop(), moto?.stop()]);
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    });

    /** Both regions, the live release of the primary, and the word that somebody has verified it. */
    async function plant(manifest: Manifest): Promise<void> {
      const functions = tinyFunctions(primary);
      here = await plantService(moto, primary, functions);
      await plantService(moto, standby, functions);
      const { stackSha256 } = await openServiceStack({
        terraform,
        directory: folder,
        plan: primary,
        artifacts: {},
        onStep: () => {},
      });
      release = (await plantRelease(here, functions, { manifest, stackSha256 })).id;
      const caller = {
        accountId: primary.accountId,
        arn: "arn:aws:sts::1:assumed-role/deployer/ada",
      };
      await recordVerification(openEnvironment(primary, caller), primary, async () =>
        verification(true),
      );
      const lambdas = standby.functions.map(({ key, name }) => [key, { name, version: "1" }]);
      await terraform.answer("output", {
        out: [{ url: { value: local.url }, functions: { value: Object.fromEntries(lambdas) } }],
      });
    }

    const run = (args: readonly string[], situation?: Situation) =>
      lambdakit(["dr", ...args, "--env", "prod", "--service", folder], situation);

    /** With a name that can be asked, and resolvers that nobody waits for. */
    async function lead(
      command: typeof drFailover,
      args: readonly string[],
      situation: Situation = {},
    ): Promise<Recording & { readonly exitCode: number; readonly waited: number[] }> {
      const input = parseInput(command, [...args, "--env", "prod", "--service", folder]);
      const { terminal, recording } = recordingTerminal(situation);
      const world = { terminal, interrupted: new AbortController().signal };
      const waited: number[] = [];
      const seams: CallersSeams = {
        wait: async (until) => {
          waited.push(Math.round((until.getTime() - Date.now()) / 1_000));
        },
        verify: async (_, url) => ({ ...verification(true), url }),
      };
      const direction = command === drFailover ? "failover" : "failback";
      const regions = await openRegions(input, world);
      const exitCode = await leadCallers(direction, regions, input, world, seams);
      return { ...recording, exitCode, waited };
    }

    /** A figure of the last minute, as DynamoDB tells CloudWatch in a region. */
    async function figure(region: string, receiving: string | null, Value: number): Promise<void> {
      const client = cloudWatchOf({ ...account, region });
      const MetricName = receiving === null ? "ConsumedWriteCapacityUnits" : "ReplicationLatency";
      const Dimensions = [
        { Name: "TableName", Value: "products-prod" },
        ...(receiving === null ? [] : [{ Name: "ReceivingRegion", Value: receiving }]),
      ];
      const Timestamp = new Date(Date.now() - 60_000);
      await client.send(
        new PutMetricDataCommand({
          Namespace: "AWS/DynamoDB",
          MetricData: [{ MetricName, Dimensions, Timestamp, Value }],
        }),
      );
      client.destroy();
    }

    it("is not led anywhere before anything stands by there", async () => {
      const { exitCode, stderr } = await run(["failover", "--to", "eu-west-1", ...consent]);
      expect(exitCode).toBe(77);
      expect(stderr).toContain(
        `error RECOVERY_OTHER_RELEASE\n  eu-west-1 has no release. af-south-1 has ${release}. Callers were not led there.\n  fix: lambdakit dr standby --env prod\n`,
      );
    });

    it("gets its live release to the region that stands by, with the words of PROD, once", async () => {
      const shown = await run(["standby", "--dry-run"]);
      expect(shown.exitCode, shown.stderr).toBe(0);
      expect(shown.stdout).toBe(
        `prod: release ${release} would stand by in eu-west-1; nothing was changed\n`,
      );
      expect((await run(["standby"])).stderr).toContain("error DEPLOY_NOT_CONFIRMED\n");
      const brought = await run(["standby", ...consent]);
      expect(brought.exitCode, brought.stderr).toBe(0);
      expect(brought.stdout).toBe(
        `prod: release ${release} stands by in eu-west-1: no changes\n${local.url}\n`,
      );
      expect(brought.stderr).toMatch(/\nverified it with 30 checks /);
      const again = await run(["standby", ...consent, "--json"]);
      expect(JSON.parse(again.stdout)).toMatchObject({
        environment: "prod",
        region: "eu-west-1",
        release,
        outcome: "already-standing-by",
      });
    });

    it("is led only to the region that stands by, which somebody has to say", async () => {
      const to = async (...args: string[]) => (await run(["failover", ...args, ...consent])).stderr;
      expect(await to()).toContain(
        "  at --to\n  prod stands by in eu-west-1: where to has to be said.\n  fix: lambdakit dr failover --env prod --to eu-west-1\n",
      );
      expect(await to("--to", "eu-central-1")).toContain(
        "  prod stands by in eu-west-1, and not in eu-central-1.\n",
      );
      expect(await to("--to", "af-south-1")).toContain(
        "  af-south-1 is where prod is at home. A failover leads away from there.\n  fix: lambdakit dr failover --env prod --to eu-west-1; and back: lambdakit dr failback --env prod\n",
      );
      const dev = await lambdakit(["dr", "failover", "--to", "eu-west-1", "--service", folder]);
      expect([dev.exitCode, dev.stderr]).toEqual([
        64,
        expect.stringContaining("error RECOVERY_NO_STANDBY\n"),
      ]);
    });

    it("says of a region that the account has not enabled which it is, and how to enable it", async () => {
      proxy.notEnabled.add("eu-west-1");
      for (const args of [
        ["standby"],
        ["failover", "--to", "eu-west-1"],
        ["failback"],
        ["rebuild", "--dry-run"],
      ]) {
        const { exitCode, stderr } = await run([...args]);
        expect([exitCode, stderr], args.join(" ")).toEqual([
          77,
          expect.stringMatching(
            /error AWS_REGION_NOT_ENABLED\n {2}The account has not enabled the region eu-west-1: AWS knows .*\n {2}To .*\n {2}fix: aws account enable-region --region-name eu-west-1; /,
          ),
        ]);
      }
      proxy.notEnabled.clear();
      proxy.notEnabled.add("af-south-1");
      const restored = await run(["restore", "--to", "20m"]);
      expect(restored.stderr).toContain("has not enabled the region af-south-1");
      const led = await run(["failover", "--to", "eu-west-1", ...consent]);
      proxy.notEnabled.clear();
      expect(led.stderr).toMatch(/\n {2}af-south-1 cannot be asked: The account has not enabled/);
      expect(led.stderr).toContain("error RECOVERY_WOULD_LOSE_DATA\n");
    });

    it("shows what it knows of both regions, in 80 columns and in 20", async () => {
      await figure("af-south-1", "eu-west-1", 900);
      const { exitCode, stdout, stderr } = await lead(drFailover, ["--dry-run"], { columns: 40 });
      expect([exitCode, stdout]).toEqual([
        0,
        `prod: callers would be led to eu-west-1, release ${release}; nothing was changed\nhttps://products.example.com\n`,
      ]);
      expect(stderr).toMatch(
        /\nFrom af-south-1 to eu-west-1, which has\n {2}release \w{12}\n {2}af-south-1 has the same release\n {2}products-prod: 0\.9 s behind at\n {4}20\S+Z\n/,
      );
      const narrow = await lead(drFailover, ["--dry-run"], { columns: 20 });
      const known = narrow.stderr.slice(narrow.stderr.indexOf("From af-south-1"));
      expect(known.trim().split("\n").filter(isWide(20))).toEqual([]);
    });

    it("refuses a lost region whose last words nobody knows, with what is known, and how to go on", async () => {
      await figure("eu-west-1", "eu-west-1", 700);
      proxy.lost.add("af-south-1");
      const { exitCode, stdout, stderr } = await run(["failover", "--to", "eu-west-1", ...consent]);
      expect([exitCode, stdout]).toEqual([77, ""]);
      expect(stderr).toMatch(/\n {2}af-south-1 cannot be asked: AWS cannot be reached at http/);
      expect(stderr).toMatch(
        /error RECOVERY_WOULD_LOSE_DATA\n {2}Not all that was written may be there\. Callers were not led there\.\n {2}products-prod: how far eu-west-1 is behind af-south-1 is not known: af-south-1 does not answer; the last that is known is 0\.7 s, at \S+Z\n/,
      );
      expect(stderr).toContain(
        "\n  fix: lambdakit dr failover --env prod --to eu-west-1 --accept-data-loss, or wait",
      );
    });

    it("leads callers away from a region that is lost, waits for resolvers, and verifies through the name", async () => {
      const args = ["--to", "eu-west-1", "--accept-data-loss", ...consent];
      const { exitCode, stdout, stderr, waited } = await lead(drFailover, args);
      expect(exitCode, stderr).toBe(0);
      expect(stdout).toBe(
        `prod: callers are in eu-west-1, release ${release}\nhttps://products.example.com\n`,
      );
      // 3 bad checks 30 seconds apart, and answers that are kept for 60.
      expect(waited).toEqual([150]);
      expect(stderr).toMatch(
        /\nled products\.example\.com to eu-west-1 .*\nverified https:\/\/products\.example\.com .*\nNext, once the region is back: lambdakit dr failback --env prod\n$/,
      );
    });

    it("does nothing twice", async () => {
      const args = ["failover", "--to", "eu-west-1", "--accept-data-loss", ...consent, "--json"];
      const { exitCode, stdout } = await run(args);
      expect([exitCode, JSON.parse(stdout)]).toEqual([
        0,
        expect.objectContaining({
          outcome: "already-there",
          name: "products.example.com",
          release,
        }),
      ]);
    });

    it("goes back no earlier than when the primary region is back, with all that was written", async () => {
      const gone = await run(["failback", ...consent]);
      expect([gone.exitCode, gone.stderr]).toEqual([
        69,
        expect.stringContaining("AWS_UNREACHABLE"),
      ]);
      proxy.lost.clear();
      await figure("eu-west-1", null, 5);
      const behind = await run(["failback", ...consent]);
      expect([behind.exitCode, behind.stderr]).toEqual([
        77,
        expect.stringContaining(
          "products-prod: how far af-south-1 is behind eu-west-1 is not known: it was written to,",
        ),
      ]);
    });

    it("goes back by a command, and once", async () => {
      await figure("eu-west-1", "af-south-1", 800);
      const args = ["--url", local.url, ...consent];
      const { exitCode, stdout, stderr, waited } = await lead(drFailback, args);
      expect(exitCode, stderr).toBe(0);
      expect([stdout, waited]).toEqual([
        `prod: callers are in af-south-1, release ${release}\nhttps://products.example.com\n`,
        [150],
      ]);
      const again = await run(["failback", ...consent]);
      expect(again.stdout).toBe(
        "prod: callers are in af-south-1 already\nhttps://products.example.com\n",
      );
      const { stdout: json } = await run(["failback", ...consent, "--json"]);
      expect(JSON.parse(json)).toMatchObject({ outcome: "already-there", to: "af-south-1" });
    });

    it("has its history where it stands by, and can be let in there", async () => {
      const history = await lambdakit([
        ...["releases", "history", "--standby", "--env", "prod", "--service", folder],
      ]);
      expect(history.exitCode, history.stderr).toBe(0);
      expect(history.stdout).toMatch(/failover \w{12}\n {3}moved after [\d.]+ s, by /);
      const unlocked = await lambdakit([
        ...["unlock", "2", "--standby", "--env", "prod", "--service", folder],
      ]);
      expect(unlocked.stderr).toContain("Operation 2 of prod has ended already.");
    });
  },
);
