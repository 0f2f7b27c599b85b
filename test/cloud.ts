/**
 * AWS as the command line sees it: an emulator that is any number of accounts, Terraform with its provider
 * from this machine's disk, and the built `lambdakit` beside them.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { credentialVariables, takeOnEmulatedRole } from "../src/emulator/deployed/account.ts";
import { findMoto, type Moto, startMoto } from "../src/emulator/start-moto.ts";
import { holdAnswer } from "./held-answers.ts";
import { findTerraform, terraformConfiguration } from "./terraform.ts";
import { keepProviders } from "./terraform-provider.ts";

/** What `npm run build` has made. */
export const builtBin = fileURLToPath(new URL("../dist/cli/bin.js", import.meta.url));

export interface CommandRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Cloud {
  readonly moto: Moto;
  /** Runs `lambdakit` with credentials of an account. Terraform finds its provider running: see `ownProvider`. */
  lambdakit(
    account: string,
    args: readonly string[],
    more?: NodeJS.ProcessEnv,
    /** Hears of each line on stderr, as it comes. */
    onLine?: (line: string) => void,
  ): Promise<CommandRun>;
  /** The same, for whoever wants to end it. */
  start(account: string, args: readonly string[], more?: NodeJS.ProcessEnv): Promise<ChildProcess>;
  /** What a command finds in its environment, for whoever does the same in this process. */
  variables(account: string): Promise<NodeJS.ProcessEnv>;
  stop(): Promise<void>;
}

/** For a command whose Terraform is to start its provider itself, as it does for everybody. */
export const ownProvider = { TF_REATTACH_PROVIDERS: undefined };

/** What is missing on this machine, with the way to get it; nothing where all is there. */
export function cloudLacks(): readonly string[] {
  return [...findTerraform().lacks, ...findMoto()];
}

export async function startCloud(region: string): Promise<Cloud> {
  const { tools } = findTerraform();
  if (tools === undefined) throw new Error(cloudLacks().join("; "));
  const folder = await mkdtemp(path.join(tmpdir(), "lambdakit-cloud-"));
  const configuration = await terraformConfiguration(folder, tools);
  const moto = await startMoto(region);
  const providers = keepProviders(tools);
  const accounts = new Map<string, Promise<NodeJS.ProcessEnv>>();
  const enter = async (account: string) => ({
    PATH: process.env.PATH,
    HOME: folder,
    TF_CLI_CONFIG_FILE: configuration,
    AWS_EC2_METADATA_DISABLED: "true",
    CI: "true",
    ...moto.env,
    ...(await credentialsOf(moto, account)),
  });
  const variables: Cloud["variables"] = async (account) => {
    const entered = accounts.get(account) ?? enter(account);
    accounts.set(account, entered);
    const found = await entered;
    return { ...found, ...(await providers.attach(found)) };
  };
  const start = async (account: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) => {
    return spawn(process.execPath, [builtBin, ...args], {
      env: { ...(await variables(account)), ...more },
      stdio: ["ignore", "pipe", "pipe"],
    });
  };
  return {
    moto,
    start,
    variables,
    async lambdakit(account, args, more, onLine = () => {}) {
      const child = await start(account, args, more);
      createInterface(child.stderr as NodeJS.ReadableStream).on("line", onLine);
      return endOf(child);
    },
    async stop() {
      await providers.stop();
      await moto.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a program has said, once it has ended. An answer of `lambdakit` in JSON is held against its schema. */
export async function endOf(child: ChildProcess): Promise<CommandRun> {
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, "close"),
  ]);
  const { spawnargs } = child;
  const isAnswered = exitCode !== null && spawnargs[1]?.endsWith("dist/cli/bin.js");
  if (isAnswered) holdAnswer(spawnargs.slice(2), stdout);
  return { exitCode, stdout, stderr };
}

/** The emulator gives credentials of whatever account a role is said to be in. */
export async function credentialsOf(moto: Moto, accountId: string) {
  const administrator = { accountId, role: "administrator", session: "test" };
  const region = moto.env.AWS_REGION ?? "";
  return credentialVariables(await takeOnEmulatedRole(moto, region, administrator));
}
