/**
 * A service with two releases in DEV, of which SIT has the first: for tests of the programs that bring the
 * second one there. The emulator is AWS, with a proxy before it that can kill them; Terraform is played.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readAlias } from "../../src/emulator/deployed/deployed-alias.ts";
import { startMoto } from "../../src/emulator/start-moto.ts";
import { type Operation, openEnvironment, recordVerification } from "../../src/release/index.ts";
import { type CommandRun, credentialsOf, endOf } from "../cloud.ts";
import { moveAlias } from "../deployed/planted/move-alias.ts";
import { publishVersion } from "../deployed/planted/plant-function.ts";
import { plantService } from "../deployed/planted/plant-service.ts";
import { fakeTerraform } from "../fake-terraform.ts";
import { type KillingProxy, startKillingProxy } from "../killing-proxy.ts";
import { productCopy } from "../product-copy.ts";
import { productPlan } from "../product-plan.ts";
import { buildRelease, secondReleases } from "../product-releases.ts";
import { verification } from "../release-world.ts";
import { withVariables } from "../variables.ts";

const bin = fileURLToPath(new URL("../../dist/cli/bin.js", import.meta.url));
const plans = { dev: productPlan("dev"), sit: productPlan("sit") };
type Name = keyof typeof plans;

/** `promote` of whatever is live in DEV, and `rollback` of SIT. */
export const promote = ["promote", "--confirm", "deploy", "--skip-verify"];
export const rollback = ["rollback", "--env", "sit", "--confirm", "deploy"];

export interface TwoReleases {
  readonly ids: { readonly first: string; readonly second: string };
  readonly proxy: KillingProxy;
  /** SIT as it was: the first release live, and nothing known of the second. */
  reset(): Promise<void>;
  /** Runs a command in SIT's account, as a program that the proxy may kill. */
  start(args: readonly string[], variables?: NodeJS.ProcessEnv): Promise<CommandRun>;
  /** What was done in SIT, the newest first. */
  history(): Promise<Operation[]>;
  /** The version that each alias in SIT leads to, by the function's name; `split` where it is two. */
  live(): Promise<Readonly<Record<string, string>>>;
  stop(): Promise<void>;
}

export async function prepareTwoReleases(): Promise<TwoReleases> {
  const folder = await mkdtemp(path.join(tmpdir(), "lambdakit-releases-"));
  const moto = await startMoto(plans.dev.region, undefined, false);
  const proxy = await startKillingProxy(moto.url);
  const terraform = await fakeTerraform(
    { version: { out: [{ terraform_version: "1.11.4" }] } },
    folder,
  );
  const services = { first: await productCopy(), second: await productCopy(secondReleases.good) };
  const stop = async () => {
    await proxy.stop();
    await moto.stop();
    for (const one of [folder, ...Object.values(services)]) await rm(one, { recursive: true });
  };
  const credentials = {
    dev: await credentialsOf(moto, plans.dev.accountId),
    sit: await credentialsOf(moto, plans.sit.accountId),
  };

  /** A command, for which Terraform says that each function has this version now. */
  const run = async (
    environment: Name,
    service: string,
    version: string,
    args: readonly string[],
    variables: NodeJS.ProcessEnv = {},
  ): Promise<CommandRun> => {
    const functions = plans[environment].functions.map(({ key, name }) => [key, { name, version }]);
    await terraform.answer("output", {
      out: [{ url: { value: null }, functions: { value: Object.fromEntries(functions) } }],
    });
    const child = spawn(process.execPath, [bin, ...args, "--service", service], {
      env: {
        PATH: [folder, process.env.PATH].join(path.delimiter),
        HOME: folder,
        CI: "true",
        ...moto.env,
        ...credentials[environment],
        AWS_ENDPOINT_URL: proxy.url,
        ...variables,
      },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    proxy.kills({ child });
    return endOf(child);
  };
  const succeed = async (...command: Parameters<typeof run>) => {
    const { exitCode, stderr } = await run(...command);
    if (exitCode !== 0) throw new Error(`${command[3].join(" ")}: ${exitCode}\n${stderr}`);
  };
  const opened = async <Result>(
    name: Name,
    use: (environment: ReturnType<typeof openEnvironment>) => Promise<Result>,
  ): Promise<Result> => {
    const restore = withVariables({ ...moto.env, ...credentials[name], AWS_PROFILE: undefined });
    try {
      const { accountId } = plans[name];
      return await use(
        openEnvironment(plans[name], { accountId, arn: "arn:aws:iam::1:user/test" }),
      );
    } finally {
      restore();
    }
  };
  /** Builds it in DEV, and says that it does what it promises. @returns its id */
  const deploy = async (service: string, version: string): Promise<string> => {
    await succeed("dev", service, version, ["deploy", "--skip-verify"]);
    const { release } = await opened("dev", (dev) =>
      recordVerification(dev, plans.dev, async () => verification(true)),
    );
    return release ?? "";
  };

  const [first, second] = [await buildRelease(), await buildRelease(secondReleases.good)];
  const planted = {
    dev: await plantService(moto, plans.dev, first),
    sit: await plantService(moto, plans.sit, first),
  };
  const { account } = planted.sit;
  const { artifactBucket, alias } = plans.sit.deployment;
  const keys = async () => {
    const list = await (await account.ask("s3", `/${artifactBucket}?list-type=2`)).text();
    return [...list.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = ""]) => key);
  };
  const firstId = await deploy(services.first, "1");
  await succeed("sit", services.first, "1", promote);
  const base = new Set(await keys());
  for (const { account, plan } of Object.values(planted)) {
    for (const [key, code] of Object.entries(second.functions)) {
      await publishVersion(account, plan, key, code);
    }
  }
  const secondId = await deploy(services.second, "2");

  return {
    ids: { first: firstId, second: secondId },
    proxy,
    stop,
    start: (args, variables) => run("sit", services.second, "2", args, variables),
    history: () => opened("sit", ({ history }) => history.read()),
    async reset() {
      await Promise.all(plans.sit.functions.map(({ key }) => moveAlias(planted.sit, key, "1")));
      for (const key of (await keys()).filter((one) => !base.has(one))) {
        await account.ask("s3", `/${artifactBucket}/${key}`, { method: "DELETE" });
      }
    },
    async live() {
      const entries = plans.sit.functions.map(async ({ name, arn }) => {
        const { version, weights } = await readAlias(account, `${arn}:${alias}`);
        return [name, weights.size === 0 ? version : "split"] as const;
      });
      return Object.fromEntries(await Promise.all(entries));
    },
  };
}
