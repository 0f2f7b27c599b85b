/** A release on its way through the accounts, by the commands: an emulator for AWS, a fake for Terraform. */
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { publishVersion } from "../../../test/deployed/planted/plant-function.ts";
import { type PlantedService, plantService } from "../../../test/deployed/planted/plant-service.ts";
import { type FakeTerraform, fakeTerraform } from "../../../test/fake-terraform.ts";
import { productCopy, replaced } from "../../../test/product-copy.ts";
import { productPlan } from "../../../test/product-plan.ts";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { verification } from "../../../test/release-world.ts";
import { withVariables } from "../../../test/variables.ts";
import { findMoto, type Moto, startMoto } from "../../emulator/start-moto.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { openEnvironment, recordVerification } from "../../release/index.ts";

const lacks = findMoto();
if (lacks.length > 0) process.stderr.write(`No release goes its way: ${lacks.join("; ")}.\n`);

const plans = { dev: productPlan("dev"), sit: productPlan("sit"), prod: productPlan("prod") };
const { dev, sit } = plans;
const change = {
  type: "planned_change",
  change: { action: "create", resource: { addr: "aws_iam_role.a", resource_type: "aws_iam_role" } },
};

type Zips = Readonly<Record<string, { readonly zip: Uint8Array }>>;

describe.skipIf(lacks.length > 0)("a release of a service", { timeout: 120_000 }, () => {
  let moto: Moto;
  let directory: string;
  let terraform: FakeTerraform;
  const planted = new Map<string, PlantedService>();
  /** What Terraform says of each environment's functions. */
  const versions = new Map<string, Readonly<Record<string, string>>>();
  let zips: Zips;
  let first = "";
  let second = "";

  beforeAll(async () => {
    [moto, directory] = await Promise.all([startMoto(dev.region, undefined, false), productCopy()]);
    zips = await packaged();
    for (const plan of [dev, sit]) {
      planted.set(plan.environment, await plantService(moto, plan, { functions: zips }));
      versions.set(plan.environment, {
        list: "1",
        get: "1",
        create: "1",
        update: "1",
        delete: "1",
        authorizer: "1",
      });
    }
  }, 120_000);

  afterAll(async () => {
    await moto?.stop();
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    terraform = await fakeTerraform({
      version: { out: [{ terraform_version: "1.11.4" }] },
      plan: { out: [change] },
    });
  });

  async function packaged(): Promise<Zips> {
    const { stdout } = await lambdakit(["package", "--service", directory, "--json"]);
    const { functions } = JSON.parse(stdout);
    const read = functions.map(async (one: { function: string; zip: string }) => {
      return [one.function, { zip: await readFile(one.zip) }] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  }

  /** Publishes what has another zip, as an apply would. */
  async function published({ environment }: ServicePlan, zips: Zips): Promise<void> {
    const { account, plan } = serviceIn(environment);
    const all = { ...versions.get(environment) };
    all.get = await publishVersion(account, plan, "get", zips.get ?? { zip: new Uint8Array() });
    versions.set(environment, all);
  }

  function serviceIn(environment: string): PlantedService {
    const service = planted.get(environment);
    if (service === undefined) throw new Error(`Nothing is planted in ${environment}.`);
    return service;
  }

  /** With credentials of an environment's account. */
  function enter(environment: string): () => void {
    const { accessKeyId, secretAccessKey, sessionToken } =
      serviceIn(environment).account.credentials;
    return withVariables({
      ...moto.env,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      AWS_PROFILE: undefined,
      LAMBDAKIT_URL: undefined,
      PATH: [path.dirname(terraform.program), process.env.PATH].join(path.delimiter),
    });
  }

  async function run(environment: string, ...args: string[]) {
    const plan = plans[environment as keyof typeof plans];
    const functions = plan.functions.map(({ key, name }) => {
      return [key, { name, version: versions.get(environment)?.[key] }] as const;
    });
    const url = { value: `https://${environment}.example/v1` };
    await terraform.answer("output", {
      out: [{ url, functions: { value: Object.fromEntries(functions) } }],
    });
    const leave = enter(environment);
    try {
      return await lambdakit([...args, "--service", directory]);
    } finally {
      leave();
    }
  }

  /** What `verify` writes down where all is well. */
  async function proven(plan: ServicePlan): Promise<void> {
    const leave = enter(plan.environment);
    try {
      const caller = { accountId: plan.accountId, arn: "arn:aws:sts::1:assumed-role/deployer/ada" };
      await recordVerification(openEnvironment(plan, caller), plan, async () => verification(true));
    } finally {
      leave();
    }
  }

  /** The versions that callers get, by function. */
  async function live({ environment, functions, deployment }: ServicePlan) {
    const { account } = serviceIn(environment);
    const states = functions.map(async ({ key, name }) => {
      const at = `/2015-03-31/functions/${name}/aliases/${deployment.alias}`;
      return [key, (await account.json("lambda", at)).FunctionVersion] as const;
    });
    return Object.fromEntries(await Promise.all(states));
  }

  /** Everything that was written down of an environment. */
  async function records({ environment, deployment }: ServicePlan): Promise<string> {
    const { account } = serviceIn(environment);
    const at = `/${deployment.artifactBucket}?list-type=2&prefix=deployments/`;
    return (await account.ask("s3", at)).text();
  }

  const allOf = (get: string) => {
    return { list: "1", get, create: "1", update: "1", delete: "1", authorizer: "1" };
  };
  const wide = (text: string) => text.split("\n").filter((line) => line.length > 80);

  it("is built by a deploy to DEV, and none was there before", async () => {
    expect(await run("dev", "releases")).toMatchObject({
      exitCode: 0,
      stdout: "dev: no releases.\n",
    });
    const none = await run("dev", "promote", "--from", "dev", "--to", "sit", "--dry-run");
    expect(none.stderr).toContain("error AWS_WRONG_ACCOUNT\n");
    expect((await run("sit", "promote")).stderr).toContain(
      "error RELEASE_NONE_LIVE\n  No release is live in dev, so that there is nothing to promote.\n  fix: lambdakit deploy\n",
    );
    const { exitCode, stdout, stderr } = await run("dev", "deploy", "--skip-verify");
    expect(exitCode, stderr).toBe(0);
    first = /release (\w{12}): 1 created\nhttps:\/\/dev\.example\/v1\n$/.exec(stdout)?.[1] ?? "";
    expect(first).toMatch(/^[0-9a-f]{12}$/);
    expect(stderr).toContain("\nThere is no release to go back to: none is live yet.\n");
    // What nobody has looked at goes no further.
    expect(stderr).not.toContain("Next:");
  });

  it("comes to SIT only once somebody has verified it in DEV", async () => {
    const refused = await run("sit", "promote", "--confirm", "deploy");
    expect(refused).toMatchObject({ exitCode: 77, stdout: "" });
    expect(refused.stderr).toContain(
      `error RELEASE_NOT_PROVEN\n  dev does not vouch for the release ${first}: nobody has verified it there.\n`,
    );
    await proven(dev);
    const promoted = await run("sit", "promote", "--confirm", "deploy", "--skip-verify");
    expect(promoted.exitCode, promoted.stderr).toBe(0);
    expect(promoted.stdout).toBe(`sit: release ${first}: 1 created\nhttps://sit.example/v1\n`);
    expect(promoted.stderr).toMatch(
      /\nlooked what dev says of \w{12} .*\nprepared Terraform .*\nplanned .*\n\+ aws_iam_role\.a\n\n1 to create\nNobody hears of alarms: .*\nRelease \w{12}, plan \w{12}\nThere is no release to go back to: none is live yet\.\ncopied 0 new zips .*\napplied .*\nasked what there is .*\nlooked whether Lambda has what the release says .*\n$/,
    );
  });

  it("is followed by another one, whose promotion shows its plan and the way back, and changes nothing", async () => {
    await appendFile(
      path.join(directory, "src/handlers/get-product.ts"),
      "\nconsole.debug('new');\n",
    );
    zips = await packaged();
    await published(dev, zips);
    const deployed = await run("dev", "deploy", "--skip-verify");
    expect(deployed.exitCode, deployed.stderr).toBe(0);
    second = /release (\w{12})/.exec(deployed.stdout)?.[1] ?? "";
    expect(deployed.stderr).toContain(`\nTo go back: lambdakit rollback --env dev --to ${first}\n`);
    expect(deployed.stderr).toContain("\n    bbws-product-get-dev to 1\n");
    expect(await live(dev)).toEqual(allOf("2"));
    await proven(dev);

    const before = await records(sit);
    const calls = (await terraform.calls()).length;
    const shown = await run("sit", "promote", "--from", "dev", "--to", "sit");
    expect(shown).toMatchObject({ exitCode: 77, stdout: "" });
    const [, digest] = /\nRelease \w{12}, plan (\w{12})\n/.exec(shown.stderr) ?? [];
    expect(shown.stderr).toContain("\n+ aws_iam_role.a\n\n1 to create\n");
    expect(shown.stderr).toContain(`\nTo go back: lambdakit rollback --env sit --to ${first}\n`);
    expect(shown.stderr).toContain(
      `\n  sit is changed only with --confirm deploy. Nothing was changed.\n  fix: lambdakit promote --from dev --to sit --release ${second} --plan ${digest} --confirm deploy\n`,
    );
    const dry = await run("sit", "promote", "--dry-run", "--json");
    expect(JSON.parse(dry.stdout)).toMatchObject({
      environment: "sit",
      release: second,
      url: null,
      outcome: "planned",
      planDigest: digest,
      back: { release: first, staying: [] },
    });
    const wrong = await run("sit", "promote", "--plan", "5d41402abc4b", "--confirm", "deploy");
    expect(wrong.exitCode).toBe(77);
    expect(wrong.stderr).toContain(
      `error RELEASE_PLAN_CHANGED\n  The plan 5d41402abc4b was approved, and what would be changed now is another: ${digest}.`,
    );
    const applies = (await terraform.calls()).slice(calls).filter(([one]) => one === "apply");
    expect(applies).toEqual([]);
    expect(await live(sit)).toEqual(allOf("1"));
    expect(await records(sit)).toBe(before);
  });

  it("is what was approved, and nothing else, once it is live in SIT", async () => {
    const { stdout } = await run("sit", "promote", "--dry-run", "--json");
    const { planDigest } = JSON.parse(stdout);
    await published(sit, zips);
    const args = [
      "--plan",
      planDigest,
      "--confirm",
      "deploy",
      "--canary",
      "50%:1s",
      "--skip-verify",
    ];
    const promoted = await run("sit", "promote", ...args);
    expect(promoted.exitCode, promoted.stderr).toBe(0);
    expect(promoted.stdout).toBe(`sit: release ${second}: 1 created\nhttps://sit.example/v1\n`);
    expect(promoted.stderr).toMatch(
      /\ngave it 50 % of the traffic .*\ngave it all the traffic .*\n$/,
    );
    expect(await live(sit)).toEqual(allOf("2"));
  });

  it("is what plan points to, where an environment is not deployed to", async () => {
    const { exitCode, stderr } = await run("sit", "plan", "--env", "sit");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/\nNext: lambdakit promote --from dev --to sit\n$/);
  });

  it("does not jump over an environment", async () => {
    const { exitCode, stderr } = await run("sit", "promote", "--from", "sit", "--to", "sit");
    expect([exitCode, stderr.split("\n").slice(-4)]).toEqual([
      64,
      [
        "error RELEASE_ORDER",
        "  A release goes from dev to sit to prod: it does not come to sit from sit.",
        "  fix: lambdakit promote --from dev --to sit",
        "",
      ],
    ]);
  });

  it("is left again by a rollback, which says so first and wants the same words", async () => {
    const refused = await run("sit", "rollback", "--env", "sit");
    expect(refused).toMatchObject({ exitCode: 77, stdout: "" });
    expect(refused.stderr).toContain(
      `\nsit: from ${second} to ${first}\n  bbws-product-get-sit: 2 -> 1\nerror DEPLOY_NOT_CONFIRMED\n  sit is changed only with --confirm deploy. Nothing was changed.\n  fix: lambdakit rollback --env sit --to ${first} --confirm deploy\n`,
    );
    expect(await live(sit)).toEqual(allOf("2"));
    const dry = await run("sit", "rollback", "--env", "sit", "--dry-run");
    expect(dry.stdout).toBe(`sit: release ${first}; nothing was changed\n`);
    const back = await run("sit", "rollback", "--env", "sit", "--confirm", "deploy");
    expect(back).toMatchObject({ exitCode: 0, stdout: `sit: release ${first}\n` });
    expect(await live(sit)).toEqual(allOf("1"));
    expect((await terraform.calls()).map(([command]) => command)).toEqual([]);
    const again = await run("sit", "rollback", "--env", "sit", "--to", first.slice(0, 5));
    expect(again.stdout).toBe(`sit: release ${first} is live already\n`);
  });

  it("can be gone forward to, by the beginning of its id, and to nothing that never was there", async () => {
    const args = ["--env", "sit", "--confirm", "deploy", "--to"];
    const forward = await run("sit", "rollback", ...args, second.slice(0, 6), "--json");
    expect(JSON.parse(forward.stdout)).toMatchObject({
      environment: "sit",
      release: second,
      from: first,
      outcome: "live",
      moves: [{ functionName: "bbws-product-get-sit", from: "1", to: "2" }],
      gone: [],
      staying: [],
    });
    const unknown = await run("sit", "rollback", ...args, "0000");
    expect(unknown).toMatchObject({ exitCode: 64, stdout: "" });
    expect(unknown.stderr).toContain(
      `error RELEASE_UNKNOWN\n  No release is called 0000 in ${sit.deployment.artifactBucket}.\n`,
    );
    await run("sit", "rollback", ...args, first);
  });

  it("is listed with what is known of it, in 80 columns", async () => {
    const { stdout } = await run("sit", "releases", "--env", "sit");
    const [head, ...lines] = stdout.trimEnd().split("\n");
    expect(head).toBe("sit: 2 releases; times in UTC, * is live");
    expect(lines).toEqual([
      expect.stringMatching(
        `^  ${second}  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  \\w{7}.*  rolled back$`,
      ),
      expect.stringMatching(`^\\* ${first}  .*  live, not verified since$`),
    ]);
    expect(wide(stdout)).toEqual([]);
    const { stdout: json } = await run("sit", "releases", "--env", "sit", "--json");
    expect(JSON.parse(json).releases.map(({ id }: { id: string }) => id)).toEqual([second, first]);
  });

  it("has a history, in 80 columns", async () => {
    const { stdout } = await run("sit", "releases", "history", "--env", "sit");
    const [last, ends] = stdout.split("\n");
    expect(last).toMatch(
      new RegExp(`^5  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  rollback ${first} after ${second}$`),
    );
    expect(ends).toMatch(/^ {3}live after \d+\.\d s, by \S+ /);
    expect(stdout).toMatch(
      new RegExp(
        `\n2  .*  promote ${second} after ${first}\n   live after .*\n   traffic: 50 %, 100 %\n1  `,
      ),
    );
    expect(wide(stdout)).toEqual([]);
    const { stdout: json } = await run("dev", "releases", "history", "--json");
    expect(JSON.parse(json).operations[0]).toMatchObject({
      number: 4,
      started: { action: "verify", release: second, previous: first },
      ended: { outcome: "verified" },
    });
  });

  it("is shown by the beginning of its id, and compared, in 80 columns", async () => {
    const { stdout } = await run("dev", "releases", "show", second.slice(0, 6));
    expect(stdout).toMatch(
      new RegExp(
        `^release     ${second} of product\nbuilt       .* UTC, with lambdakit \\d.*\nby          arn:.*\nfrom        .*\ncommit      .*\nmanifest    \\w{64}\nmodules     \\w{64}\nSBOM        \\w{64}\nauthorizer  \\w{12}  \\d+\\.\\d KB\ncreate      \\w{12}  \\d+\\.\\d KB\n`,
      ),
    );
    expect(wide(stdout)).toEqual([]);
    const { stdout: different } = await run("dev", "releases", "diff", first, second);
    expect(different).toMatch(/^code\n {2}~ get: \w{12} -> \w{12}\n$/);
    const { stdout: same } = await run("dev", "releases", "diff", first, first);
    expect(same).toBe("They are the same.\n");
    const told = async (...words: string[]) =>
      JSON.parse((await run("dev", "releases", ...words, "--json")).stdout);
    expect((await told("show", second)).release).toMatchObject({ id: second, service: "product" });
    expect((await told("diff", first, second)).differences).toMatchObject([
      { aspect: "code", what: "get" },
    ]);
    // Another code is no other price.
    const { stdout: cost } = await run("dev", "cost", "diff", first.slice(0, 8), second);
    expect(cost).toContain(` ${first.slice(0, 8)}  ${second.slice(0, 8)}  difference\n`);
    expect(cost).toMatch(/\nTogether +(\d+\.\d\d) +\1 +0\.00\n/);
    const { exitCode, stderr } = await run("dev", "releases", "show", "");
    expect(exitCode).toBe(64);
    expect(stderr).toContain(`\n  2 releases begin with  in ${dev.deployment.artifactBucket}.\n`);
  });

  it("is never there for who has come with another account", async () => {
    for (const command of ["rollback", "releases"]) {
      const { exitCode, stderr } = await run("dev", command, "--env", "prod");
      expect(exitCode).toBe(77);
      expect(stderr).toMatch(/^read service\.ts .*\nerror AWS_WRONG_ACCOUNT\n/);
    }
  });

  it("waits for a command on another machine, until somebody says that it is gone", async () => {
    const leave = enter("sit");
    const arn = "arn:aws:sts::815856636111:assumed-role/deploy/ada";
    const { history } = openEnvironment(sit, { accountId: sit.accountId, arn });
    const operations = await history.read();
    const { number } = await history.begin(operations, {
      at: new Date().toISOString(),
      by: arn,
      from: { host: "laptop-7", user: "ada", pid: 1, run: null },
      action: "promote",
      release: second,
      previous: first,
      before: {},
      planDigest: null,
      confirmation: "deploy",
      reason: null,
      continues: null,
    });
    leave();
    for (const args of [
      ["promote", "--dry-run"],
      ["rollback", "--env", "sit"],
      ["verify", "--env", "sit"],
    ]) {
      const { exitCode, stderr } = await run("sit", ...args);
      expect([args, exitCode]).toEqual([args, 1]);
      expect(stderr).toContain(
        `error RELEASE_BUSY\n  Somebody else is at sit: promote of ${second}, since `,
      );
      expect(stderr).toContain(`by ada on laptop-7 (${arn}).\n`);
      expect(stderr).toContain(`lambdakit unlock ${number} --env sit\n`);
    }
    const unlock = (number: number) => run("sit", "unlock", String(number), "--env", "sit");
    expect(await unlock(number)).toMatchObject({ exitCode: 0, stdout: "sit is unlocked.\n" });
    expect((await run("sit", "promote", "--dry-run")).exitCode).toBe(0);
    const again = await unlock(number);
    expect(again.exitCode).toBe(64);
    expect(again.stderr).toContain(`\n  Operation ${number} of sit has ended already.\n`);
    expect((await unlock(99)).stderr).toContain("\n  Operation 99 of sit does not exist.\n");
  });

  it("is not led back from where no function is another", async () => {
    const file = path.join(directory, "service.ts");
    const source = await readFile(file, "utf8");
    await writeFile(
      file,
      replaced(
        source,
        '"GET /v1.0/products/{productId}"',
        '"GET /v1.0/products/{productId}", "HEAD /v1.0/items/{productId}"',
      ),
    );
    const deployed = await run("dev", "deploy", "--skip-verify");
    const third = /release (\w{12})/.exec(deployed.stdout)?.[1];
    expect(deployed.stderr).toMatch(
      /\n {2}Stays as it is then:\n {4}route HEAD \/v1\.0\/items\/\{productId\}: get, not nothing\n/,
    );
    const { stdout, stderr } = await run("dev", "rollback");
    expect(stdout).toBe(`dev: nothing to move: the functions of ${third} are those of ${second}\n`);
    expect(stderr).not.toContain("Next:");
    expect((await run("dev", "releases")).stdout).toContain(`\n* ${third}  `);
    await writeFile(file, source);
    await run("dev", "deploy", "--skip-verify");
  });

  it("is live no more, and has no versions, once DEV was destroyed", async () => {
    const destroyed = await run("dev", "destroy", "--confirm", "destroy");
    expect(destroyed.exitCode, destroyed.stderr).toBe(0);
    const { stdout } = await run("dev", "releases");
    expect(stdout).toContain(`  ${second}  `);
    expect(stdout).not.toContain("\n* ");
    expect((await run("dev", "releases", "history")).stdout).toMatch(
      new RegExp(`^7  .*  destroy ${second}\n   destroyed after `),
    );
    const nothing = await run("dev", "rollback");
    expect(nothing.exitCode).toBe(64);
    expect(nothing.stderr).toContain("error RELEASE_NOTHING_BEFORE\n");
    const { stderr } = await run("dev", "rollback", "--to", first);
    expect(stderr).toContain(
      `error RELEASE_NOT_HERE\n  The release ${first} never was in dev, so that it has no versions there.\n`,
    );
  });
});
