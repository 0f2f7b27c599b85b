/**
 * A table of PROD is lost under a client that writes 50 items a second, and another time damaged: brought back by the
 * command, with real Terraform and an emulator of AWS, whose backups are true snapshots.
 */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Account, enterAccount } from "../../../src/emulator/deployed/account.ts";
import { type LiveDeployment, serveLive } from "../../../src/emulator/live/serve-live.ts";
import { startIssuer, type TokenIssuer } from "../../../src/emulator/token-issuer.ts";
import { keptAsideTag } from "../../../src/names.ts";
import { type Cloud, cloudLacks, startCloud } from "../../cloud.ts";
import { deployDirectly } from "../../deployed/deploy-directly.ts";
import { say, timed } from "../../deployed/step-times.ts";
import { useProcesses } from "../../process-environments.ts";
import { productCopy } from "../../product-copy.ts";
import { productPlan } from "../../product-plan.ts";
import { isLacking } from "../../terraform.ts";
import { withVariables } from "../../variables.ts";

const isSkipped = isLacking(cloudLacks(), "No table is restored in an emulator");
const plan = productPlan("prod");
const { accountId, region } = plan;
const { name: products } = plan.tables[0] ?? { name: "" };
const consent = ["--confirm", "deploy-to-production", "--reason", "INC-7: the table"];

describe.skipIf(isSkipped)("a table of PROD", { timeout: 900_000 }, () => {
  const processes = useProcesses();
  let cloud: Cloud;
  let service: string;
  let folder: string;
  let account: Account;
  let issuer: TokenIssuer;
  /** What was deployed, served. */
  let live: LiveDeployment;

  beforeAll(async () => {
    [cloud, service, folder] = await Promise.all([
      startCloud(region),
      productCopy(),
      mkdtemp(path.join(tmpdir(), "lambdakit-restore-")),
    ]);
    account = await enterAccount(cloud.moto, accountId, region);
    issuer = await startIssuer(folder);
    const bootstrapped = await timed("bootstrap", () => run("bootstrap"));
    expect(bootstrapped.exitCode, bootstrapped.stderr).toBe(0);
    const variables = await cloud.variables(accountId);
    const restore = withVariables({ AWS_PROFILE: undefined, ...variables });
    try {
      const url = await timed("deploy", () => deployDirectly(service, "prod"));
      const { artifactBucket } = plan.deployment;
      const { bootstrap } = processes;
      live = await serveLive({ account, url, artifactBucket, bootstrap, jwksUri: issuer.jwksUri });
    } finally {
      restore();
    }
  }, 1_200_000);

  afterAll(async () => {
    await live?.stop();
    await issuer?.stop();
    await cloud?.stop();
    for (const one of [service, folder]) {
      if (one !== undefined) await rm(one, { recursive: true, force: true });
    }
  });

  it("that is lost comes back with every item that was acknowledged before its backup, and as it was", async () => {
    const client = writes(products);
    await client.acknowledgedMore(100);
    const before = client.acknowledged.length;
    const backup = await tell("dr", "backup", "now");
    expect(backup).toMatchObject({ backups: [{ table: products, status: "AVAILABLE" }] });
    expect(await tell("dr", "backup", "prune", "--keep", "1", "--dry-run")).toMatchObject({
      outcome: "planned",
      backups: [],
    });
    expect(await tell("dr", "restore", "--backup", "latest", "--dry-run")).toMatchObject({
      outcome: "planned",
      from: { kind: "backup" },
    });
    await client.acknowledgedMore(20);
    const settings = await settingsOf(products);
    await account.table("UpdateTable", { TableName: products, DeletionProtectionEnabled: false });
    await account.table("DeleteTable", { TableName: products });
    const lost = Date.now();
    const written = await client.stop();

    const restored = await tell(
      ...["dr", "restore", "--backup", "latest", "--url", live.url],
      ...consent,
    );
    const seconds = (Date.now() - lost) / 1_000;
    const items = await idsIn(products);
    const missing = client.acknowledged.slice(0, before).filter((id) => !items.has(id));
    say(
      `lost and restored in ${seconds.toFixed(0)} s: ${written} items acknowledged, ${before} before the backup, ${items.size} back, ${missing.length} of these missing`,
    );
    expect(written).toBeGreaterThan(before);
    expect(missing).toEqual([]);
    expect(await settingsOf(products)).toEqual(settings);
    expect(restored).toMatchObject({
      outcome: "restored",
      isLost: true,
      target: products,
      settingsFrom: "record",
      verification: { passed: true },
      progress: { settledPlan: { at: expect.any(String) } },
    });
    expect(restored.verification.checks.length).toBeGreaterThan(10);
  });

  it("that is damaged stays as it is, and the service changes over, though the command is killed in the middle", async () => {
    const settings = await settingsOf(products);
    const good = await idsIn(products);
    await tell("dr", "backup", "now");
    await put(products, "DAMAGED");
    const args = ["dr", "restore", "--env", "prod", "--service", service, "--backup", "latest"];
    const child = await cloud.start(accountId, [...args, ...consent, "--skip-verify"]);
    createInterface(child.stderr as NodeJS.ReadableStream).on("line", (line) => {
      // Its state has no table now, and nobody has told Terraform of the new one.
      if (line.startsWith("let Terraform forget")) child.kill("SIGKILL");
    });
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
    expect(await run("rollback", ...consent)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/RELEASE_UNFINISHED\n.*The restore of products-prod in prod/),
    });

    const restored = await tell(
      ...["dr", "restore", "--backup", "latest", "--url", live.url],
      ...consent,
    );
    const { target } = restored;
    expect(target).toMatch(new RegExp(`^${products}-restored-\\d{8}-\\d{6}$`));
    const { TableNames: names } = await account.table("ListTables", {});
    expect(names).toEqual([products, target]);
    expect(await idsIn(target)).toEqual(good);
    expect((await idsIn(products)).has("DAMAGED")).toBe(true);
    expect(await settingsOf(target)).toEqual(settings);
    const kept = await settingsOf(products);
    expect(kept.tags[keptAsideTag]).toMatch(`replaced by ${target} operation `);
    expect(restored.verification.passed).toBe(true);
    say(`damaged, killed and restored beside: ${good.size} items in ${target}`);
  });

  function run(...words: string[]) {
    const isTwo = words[0] === "dr";
    const [name, rest] = isTwo
      ? [words.slice(0, 2), words.slice(2)]
      : [words.slice(0, 1), words.slice(1)];
    const args = [...name, "--env", "prod", "--service", service, ...rest];
    return cloud.lambdakit(accountId, args, { LAMBDAKIT_TOKEN: issuer.token(plan) });
  }

  async function tell(...words: string[]): Promise<Told> {
    const { exitCode, stdout, stderr } = await timed(words.slice(0, 2).join(" "), () =>
      run(...words, "--json"),
    );
    expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
    return JSON.parse(stdout);
  }

  function put(table: string, id: string) {
    const Item = { PK: { S: `PRODUCT#${id}` }, SK: { S: "METADATA" }, writtenBy: { S: "client" } };
    return account.table("PutItem", { TableName: table, Item });
  }

  /** A client that writes 50 items a second at most, until it is stopped or the table is gone. */
  function writes(table: string) {
    const acknowledged: string[] = [];
    let isStopped = false;
    const work = (async () => {
      const started = Date.now();
      for (let count = 0; !isStopped; count++) {
        const id = `PROD-${String(count).padStart(6, "0")}`;
        const isWritten = await put(table, id).then(
          () => true,
          () => false,
        );
        if (!isWritten) return;
        acknowledged.push(id);
        await setTimeout(Math.max(0, started + (count + 1) * 20 - Date.now()));
      }
    })();
    const acknowledgedMore = async (count: number) => {
      const wanted = acknowledged.length + count;
      while (acknowledged.length < wanted) {
        // One that was refused before anything was lost has ended them all.
        await Promise.race([setTimeout(20), work.then(() => Promise.reject(new Error("refused")))]);
      }
    };
    const stop = async () => {
      isStopped = true;
      await work;
      return acknowledged.length;
    };
    return { acknowledged, acknowledgedMore, stop };
  }

  async function idsIn(table: string): Promise<Set<string>> {
    const ids = new Set<string>();
    let ExclusiveStartKey: unknown;
    do {
      const page = await account.table("Scan", {
        TableName: table,
        ConsistentRead: true,
        ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
      });
      for (const { PK } of page.Items) ids.add(PK.S.replace("PRODUCT#", ""));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return ids;
  }

  /** What DynamoDB says of a table, apart from its name and what it has counted. */
  async function settingsOf(table: string) {
    const name = { TableName: table };
    const { Table } = await account.table("DescribeTable", name);
    const { TimeToLiveDescription } = await account.table("DescribeTimeToLive", name);
    const { ContinuousBackupsDescription } = await account.table("DescribeContinuousBackups", name);
    const { Tags } = await account.table("ListTagsOfResource", { ResourceArn: Table.TableArn });
    const { PointInTimeRecoveryStatus } =
      ContinuousBackupsDescription.PointInTimeRecoveryDescription;
    const indexes = Table.GlobalSecondaryIndexes.map(
      ({ IndexName, KeySchema, Projection }: Record<string, unknown>) => ({
        IndexName,
        KeySchema,
        Projection,
      }),
    );
    return {
      keys: Table.KeySchema,
      attributes: Table.AttributeDefinitions,
      indexes,
      billing: Table.BillingModeSummary,
      isProtected: Table.DeletionProtectionEnabled,
      stream: Table.StreamSpecification,
      timeToLive: TimeToLiveDescription,
      recovery: PointInTimeRecoveryStatus,
      tags: Object.fromEntries(
        Tags.map(({ Key, Value }: Record<string, string>) => [Key, Value]),
      ) as Record<string, string>,
    };
  }
});

/** What the commands say with `--json`, as far as it is looked at. */
interface Told {
  readonly target: string;
  // biome-ignore lint/suspicious/noExplicitAny: it is looked into field by field
  readonly verification: any;
}
