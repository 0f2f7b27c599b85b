/**
 * Terraform for tests: finds the program and a copy of the AWS provider on this machine, and runs it
 * on copies of our modules. Nothing is downloaded, and no setting of the user's is read or changed.
 */
import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Providers } from "./terraform-provider.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What `required_version` and `required_providers` of our modules ask for. */
const terraformVersion = [1, 11] as const;
const providerVersion = [5, 100] as const;

export interface TerraformTools {
  /** The folder that providers are found in, `<host>/hashicorp/aws/...` below it. */
  readonly mirror: string;
}

/** What of Terraform is on this machine; what is missing, with the way to get it. */
export function findTerraform(): { tools: TerraformTools | undefined; lacks: readonly string[] } {
  const mirror = providerMirror();
  const lacks = [
    ...(hasTerraform()
      ? []
      : [`Terraform ${terraformVersion.join(".")} or newer is not in PATH: install it`]),
    ...(mirror === undefined
      ? [
          `there is no copy of the AWS provider ${providerVersion.join(".")}: run "terraform providers mirror ~/.terraform.d/plugins" in terraform/stacks/service`,
        ]
      : []),
  ];
  return { tools: lacks.length > 0 || mirror === undefined ? undefined : { mirror }, lacks };
}

/**
 * Whether tests have to do without. It is said why, with the way to get what is missing; where all of it has
 * to be there, as in CI, that is a failure.
 *
 * @param what is not tested then, as a sentence without its end
 */
export function isLacking(lacks: readonly string[], what: string): boolean {
  if (lacks.length === 0) return false;
  const text = `${what}: ${lacks.join("; ")}.`;
  if (process.env.LAMBDAKIT_REQUIRE_TERRAFORM !== undefined) throw new Error(text);
  process.stderr.write(`${text}\n`);
  return true;
}

function hasTerraform(): boolean {
  const { status, stdout } = spawnSync("terraform", ["version", "-json"], {
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined },
  });
  if (status !== 0) return false;
  const [major = 0, minor = 0] = String(JSON.parse(stdout).terraform_version)
    .split(".")
    .map(Number);
  return major === terraformVersion[0] && minor >= terraformVersion[1];
}

/**
 * Where Terraform itself would look, and then a search in places where people keep such a copy.
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
function providerMirror(): string | undefined {
  const { XDG_DATA_HOME, XDG_DATA_DIRS, TF_PLUGIN_CACHE_DIR } = process.env;
  const home = homedir();
  const implied = [
    path.join(home, ".terraform.d/plugins"),
    path.join(XDG_DATA_HOME ?? path.join(home, ".local/share"), "terraform/plugins"),
    ...(XDG_DATA_DIRS ?? "/usr/local/share:/usr/share")
      .split(":")
      .map((folder) => path.join(folder, "terraform/plugins")),
    ...(TF_PLUGIN_CACHE_DIR === undefined ? [] : [TF_PLUGIN_CACHE_DIR]),
  ];
  const isMirror = (folder: string) =>
    foldersIn(folder).some((host) => hasProvider(path.join(folder, host, "hashicorp/aws")));
  return (
    implied.find(isMirror) ??
    ["/opt", "/usr/local/share", home].map((top) => searchBelow(top, isMirror)).find(Boolean)
  );
}

/** Unpacked, a folder for each version; packed, a zip for each. */
function hasProvider(folder: string): boolean {
  return filesIn(folder).some(isWanted);
}

function isWanted(name: string): boolean {
  const [, major, minor] = /(?:^|_)(\d+)\.(\d+)\.\d+/.exec(name) ?? [];
  return Number(major) === providerVersion[0] && Number(minor) >= providerVersion[1];
}

/** The provider's program; undefined where the copy is packed, which only Terraform unpacks. */
export function findProvider({ mirror }: TerraformTools): string | undefined {
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  for (const host of foldersIn(mirror)) {
    const versions = path.join(mirror, host, "hashicorp/aws");
    for (const version of foldersIn(versions).filter(isWanted).sort().reverse()) {
      const folder = path.join(versions, version, platform);
      const program = filesIn(folder).find((name) => name.startsWith("terraform-provider-aws"));
      if (program !== undefined) return path.join(folder, program);
    }
  }
  return undefined;
}

/** Level by level, three deep, and 3,000 folders at most: a home folder may hold anything. */
function searchBelow(top: string, isIt: (folder: string) => boolean): string | undefined {
  let level = [top];
  let seen = 0;
  for (let depth = 0; depth <= 3; depth++) {
    const found = level.find(isIt);
    if (found !== undefined) return found;
    level = level.flatMap((folder) => foldersIn(folder).map((name) => path.join(folder, name)));
    seen += level.length;
    if (seen > 3_000) return undefined;
  }
  return undefined;
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !["node_modules", ".git"].includes(entry.name))
      .map(({ name }) => name);
  } catch {
    return []; // Not there, or not ours to read: then no mirror is there for us.
  }
}

/**
 * Copies modules, stacks and the variables that their tests read into a folder, with what the emulator
 * needs to be otherwise where one is used: see the comments of `terraform/emulator`.
 */
export async function copyTerraform(
  folder: string,
  { emulator }: { emulator: boolean },
): Promise<void> {
  const made = new Set([".terraform", ".terraform.lock.hcl"]);
  const filter = (source: string) => !made.has(path.basename(source));
  const parts = ["terraform", "services/product/terraform", "test/golden"];
  for (const part of parts) {
    await cp(path.join(root, part), path.join(folder, part), { recursive: true, filter });
  }
  if (emulator) {
    await cp(path.join(root, "terraform/emulator"), path.join(folder, "terraform"), {
      recursive: true,
    });
  }
}

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export type RunTerraform = (
  stack: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
) => Promise<Outcome>;

/** A configuration of its own for Terraform, for `TF_CLI_CONFIG_FILE`: it takes providers from the copy alone. */
export async function terraformConfiguration(
  folder: string,
  { mirror }: TerraformTools,
): Promise<string> {
  const configuration = path.join(folder, "terraform.rc");
  await mkdir(folder, { recursive: true });
  await writeFile(
    configuration,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  return configuration;
}

/**
 * Runs Terraform in a stack of a copy, with a configuration of its own, for five minutes at most.
 *
 * @param providers those that stay. @default Terraform starts its own, as for its users
 */
export async function terraformIn(
  folder: string,
  tools: TerraformTools,
  providers?: Providers,
): Promise<RunTerraform> {
  const configuration = await terraformConfiguration(folder, tools);
  return async (stack, args, env = {}) => {
    const variables = {
      PATH: process.env.PATH,
      HOME: folder,
      TF_CLI_CONFIG_FILE: configuration,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      AWS_EC2_METADATA_DISABLED: "true",
      ...env,
    };
    const attached = await providers?.attach(variables);
    const started = performance.now();
    return new Promise((resolve, reject) => {
      execFile(
        "terraform",
        [`-chdir=${path.join(folder, "terraform", stack)}`, ...args],
        {
          timeout: 300_000,
          maxBuffer: 64 * 1024 * 1024,
          env: { ...variables, ...attached },
        },
        (error, stdout, stderr) => {
          const exitCode = error === null ? 0 : error.code;
          if (typeof exitCode !== "number") return reject(error);
          const seconds = (performance.now() - started) / 1000;
          resolve({ exitCode, stdout, stderr, seconds });
        },
      );
    });
  };
}
