import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { threadId } from "node:worker_threads";
import type { Manifest } from "../manifest/index.ts";
import { handlerExport } from "../names.ts";
import {
  artifactModule,
  type Bundler,
  buildArtifacts,
  createBundler,
  type LoadedService,
  loadService,
  ownProgram,
  sourceFiles,
  unpackArtifact,
} from "../package/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import { fileExists, isAlive } from "../system/index.ts";
import { codeCompilers } from "./code-compiler.ts";
import type { Code } from "./host/environment.ts";
import { makeTemporaryFolder, sweepTemporaryFolders } from "./temporary-folders.ts";

/** How the functions are kept apart from this process and from each other. */
export type Isolation = "thread" | "process";

export interface WorkspaceOptions {
  readonly isolation: Isolation;
  /** Run what would be uploaded: each function's zip, unpacked into a folder of its own. */
  readonly packaged: boolean;
  readonly plan: (manifest: Manifest) => ServicePlan;
}

/** A service's source, as it is now. */
export interface Snapshot {
  readonly service: LoadedService;
  readonly plan: ServicePlan;
  /** What each function runs, by its key. The same code is described in the same way. */
  readonly code: Readonly<Record<string, Code>>;
  /** Every source file that went in and is not from `node_modules`. */
  readonly inputs: readonly string[];
}

/** The toolkit's module that runs inside each execution environment. */
const environmentModules: Readonly<Record<Isolation, string>> = {
  thread: "dev/host/environment-thread",
  process: "dev/host/process/bootstrap",
};

/** Runs functions where their runtime's is not emulated; elsewhere `dev` has ended before anything is built. */
const thisNode = { program: process.execPath, version: process.versions.node };

/** Those that this process has opened: each has a folder of its own. */
let workspaces = 0;

/**
 * A service's folder: reads its manifest and builds its functions, as often as it is asked to. What is
 * built goes to a folder of its own, so that two of them never take each other's files away.
 */
export class Workspace {
  readonly #directory: string;
  readonly #options: WorkspaceOptions;
  readonly #buildDirectory: string;
  readonly #packagesDirectory: string;
  #service: LoadedService | undefined;
  #unpackDirectory: string | undefined;
  #bundler: { readonly entries: string; readonly value: Promise<Bundler> } | undefined;
  #environmentModule: Promise<string> | undefined;

  constructor(directory: string, options: WorkspaceOptions) {
    this.#directory = directory;
    this.#options = options;
    workspaces += 1;
    const name = `${process.pid}.${threadId}.${workspaces}`;
    this.#packagesDirectory = path.join(directory, ".lambdakit", "cache", "dependencies");
    this.#buildDirectory = path.join(directory, ".lambdakit", "build", name);
  }

  /**
   * @param loaded the service, where it has been loaded already
   * @throws {LambdakitError} MANIFEST_*, BUNDLE_FAILED
   */
  async read(loaded = this.#service): Promise<Snapshot> {
    const service = loaded?.isCurrent() ? loaded : await loadService(this.#directory);
    this.#service = service;
    const plan = this.#options.plan(service.manifest);
    const build = this.#options.packaged ? this.#pack(plan) : this.#bundle(plan);
    return { service, plan, ...(await build) };
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#environmentModule]);
    await (await this.#bundler?.value)?.dispose();
    await rm(this.#buildDirectory, { recursive: true, force: true });
    if (this.#unpackDirectory === undefined) return;
    await rm(this.#unpackDirectory, { recursive: true, force: true });
  }

  /** Takes away what processes that were killed have left. */
  async sweep(): Promise<void> {
    await sweepTemporaryFolders();
    const parent = path.dirname(this.#buildDirectory);
    const folders = await readdir(parent).catch(() => []);
    const left = folders.filter((name) => !isAlive(Number.parseInt(name, 10)));
    await Promise.all(left.map((name) => rm(path.join(parent, name), { recursive: true })));
  }

  /** Quickly, and with source maps: code that functions share is built once. */
  async #bundle({ functions }: ServicePlan): Promise<Pick<Snapshot, "code" | "inputs">> {
    const entries = Object.fromEntries(functions.map(({ key, entry }) => [key, entry]));
    const [{ modules, inputs }, environmentModule] = await Promise.all([
      this.#bundlerFor(entries).then((bundler) => bundler.build()),
      this.#findEnvironmentModule(),
    ]);
    const code = functions.map(({ key }): [string, Code] => [
      key,
      {
        taskRoot: path.dirname(modules[key] ?? ""),
        handler: `index.${handlerExport}`,
        module: modules[key] ?? "",
        packages: this.#packagesDirectory,
        environmentModule,
      },
    ]);
    return { code: Object.fromEntries(code), inputs };
  }

  /** As Lambda gets it: a folder for each function, with nothing else around. */
  async #pack({ functions }: ServicePlan): Promise<Pick<Snapshot, "code" | "inputs">> {
    const [artifacts, environmentModule] = await Promise.all([
      buildArtifacts(
        this.#directory,
        functions,
        codeCompilers(this.#directory, { instead: thisNode }),
      ),
      this.#findEnvironmentModule(),
    ]);
    const code = artifacts.map(async ({ key, name, zip }): Promise<[string, Code]> => {
      const taskRoot = path.join(this.#outside(), name);
      if (!fileExists(path.join(taskRoot, `${artifactModule}.mjs`))) {
        await unpackArtifact(zip, taskRoot);
      }
      return [key, { taskRoot, handler: `${artifactModule}.${handlerExport}`, environmentModule }];
    });
    return {
      code: Object.fromEntries(await Promise.all(code)),
      inputs: [...new Set(artifacts.flatMap((one) => sourceFiles(one, this.#directory)))],
    };
  }

  /** Not below the service, whose `node_modules` would be found from there. */
  #outside(): string {
    this.#unpackDirectory ??= makeTemporaryFolder();
    return this.#unpackDirectory;
  }

  #findEnvironmentModule(): Promise<string> {
    const name = environmentModules[this.#options.isolation];
    this.#environmentModule ??= ownProgram(name, this.#buildDirectory);
    return this.#environmentModule;
  }

  async #bundlerFor(entries: Readonly<Record<string, string>>): Promise<Bundler> {
    const key = JSON.stringify(entries);
    if (this.#bundler?.entries !== key) {
      await (await this.#bundler?.value)?.dispose();
      const value = createBundler({
        directory: this.#directory,
        outputDirectory: this.#buildDirectory,
        cacheDirectory: this.#packagesDirectory,
        entries,
      });
      this.#bundler = { entries: key, value };
    }
    return this.#bundler.value;
  }
}
