/** An emulator as the three accounts of the Product service, and the commands that people type in them. */
import type { ChildProcess } from "node:child_process";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Account, enterAccount } from "../../src/emulator/deployed/account.ts";
import {
  type DeployedService,
  readDeployed,
} from "../../src/emulator/deployed/deployed-service.ts";
import {
  type LiveDeployment,
  type LiveOptions,
  serveLive,
} from "../../src/emulator/live/serve-live.ts";
import { startIssuer } from "../../src/emulator/token-issuer.ts";
import { environmentNames } from "../../src/manifest/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../../src/plan/index.ts";
import { type CommandRun, startCloud } from "../cloud.ts";
import { productClone } from "../product-clone.ts";
import { productManifest } from "../product-plan.ts";
import type { Edits } from "../product-releases.ts";
import { say, timed } from "./step-times.ts";

/** What the commands say with `--json`, as far as tests look at it. */
export interface Told {
  readonly url: string;
  readonly release: string;
  /** Of a rollback: the release that it leaves. */
  readonly from: string;
  readonly planDigest: string;
  readonly outcome: string;
  readonly changes: readonly { readonly address: string; readonly action: string }[];
  readonly checks: readonly { readonly id: string; readonly passed: boolean }[];
  readonly steps: readonly { readonly what: string; readonly milliseconds: number }[];
}

/** An environment of the service, and the account that it is. */
export interface Target {
  readonly plan: ServicePlan;
  readonly account: Account;
  /** As `deploy` or `promote` has printed it. */
  url: string;
  /** Where it is served while a test runs: `lambdakit` asks there. */
  served?: LiveDeployment | undefined;
  /** Where commands find AWS, if not in the emulator itself. */
  endpoint?: string | undefined;
}

export interface ThreeAccounts {
  /** The folder of `service.ts`. */
  readonly service: string;
  target(name: EnvironmentName): Target;
  /** Runs a command in the account of an environment. */
  run(
    name: EnvironmentName,
    args: readonly string[],
    onLine?: (line: string) => void,
  ): Promise<CommandRun>;
  /** Starts one, for whoever wants to end it. */
  start(name: EnvironmentName, args: readonly string[]): Promise<ChildProcess>;
  /** The same with `--json`, and an exit code that it has to have. It says what took how long. */
  tell(name: EnvironmentName, args: readonly string[], exitCode?: number): Promise<Told>;
  deployed(name: EnvironmentName): Promise<DeployedService>;
  /** A token of whoever may write, or has these scopes. */
  token(name: EnvironmentName, scopes?: readonly string[]): string;
  /** Serves what is deployed, until it is stopped. Its authorizer gets its keys from this machine. */
  serve(name: EnvironmentName, more?: Partial<LiveOptions>): Promise<LiveDeployment>;
  /** Changes the service's source as it was at first. */
  edit(edits: Edits): Promise<void>;
  stop(): Promise<void>;
}

/** @param bootstrap the bundled runtime client for processes */
export async function openThreeAccounts(bootstrap: string): Promise<ThreeAccounts> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "lambdakit-deployed-")));
  const service = await timed("clone", () =>
    productClone((files) => files, path.join(folder, "repository")),
  );
  const manifest = productManifest();
  const issuer = await startIssuer(folder);
  const cloud = await startCloud(planService(manifest, "dev").region);
  const targets = new Map<EnvironmentName, Target>();
  for (const name of environmentNames) {
    const plan = planService(manifest, name);
    const account = await enterAccount(cloud.moto, plan.accountId, plan.region);
    targets.set(name, { plan, account, url: "" });
  }
  const originals = new Map<string, string>();
  const target = (name: EnvironmentName) => targets.get(name) as Target;
  const token: ThreeAccounts["token"] = (name, scopes) =>
    issuer.token(target(name).plan, scopes && { scopes });
  const run: ThreeAccounts["run"] = (name, args, onLine) => {
    const { plan, served, endpoint } = target(name);
    const where = {
      ...(served !== undefined && { LAMBDAKIT_URL: served.url, LAMBDAKIT_TOKEN: token(name) }),
      ...(endpoint !== undefined && { AWS_ENDPOINT_URL: endpoint }),
    };
    return cloud.lambdakit(plan.accountId, [...args, "--service", service], where, onLine);
  };
  return {
    service,
    target,
    run,
    token,
    start: (name, args) =>
      cloud.start(target(name).plan.accountId, [...args, "--service", service]),
    async tell(name, args, wanted = 0) {
      const started = performance.now();
      const { exitCode, stdout, stderr } = await run(name, [...args, "--json"]);
      if (exitCode !== wanted) {
        const text = `${args.join(" ")} in ${name} ended with ${exitCode}\n${stdout}\n${stderr}`;
        say(text); // Now: Vitest says it at the end of all files, which a run that is ended never sees.
        throw new Error(text);
      }
      const told: Told = JSON.parse(stdout);
      const { steps = [], changes = [] } = told;
      const took = steps.map(({ what, milliseconds }) => `${what} ${seconds(milliseconds)}`);
      say(
        `${args[0]} in ${name}: ${seconds(performance.now() - started)} s (${took.join(", ")}), changes: ${changes.length}`,
      );
      return told;
    },
    deployed(name) {
      const { account, url, plan } = target(name);
      return readDeployed(account, url, plan.deployment.artifactBucket);
    },
    async serve(name, more) {
      const { account, url, plan } = target(name);
      const { artifactBucket } = plan.deployment;
      const { jwksUri } = issuer;
      const served = await serveLive({ account, url, artifactBucket, bootstrap, jwksUri, ...more });
      target(name).served = served;
      const stop = () => {
        target(name).served = undefined;
        return served.stop();
      };
      return { ...served, stop };
    },
    async edit(edits) {
      for (const [name, change] of Object.entries(edits)) {
        const file = path.join(service, name);
        const original = originals.get(file) ?? (await readFile(file, "utf8"));
        originals.set(file, original);
        await writeFile(file, change(original));
      }
    },
    async stop() {
      await cloud.stop();
      await issuer.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
