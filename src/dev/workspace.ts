import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Manifest } from "../manifest/index.ts";
import { handlerExport } from "../names.ts";
import {
  artifactModule,
  buildArtifacts,
  type LoadedService,
  loadService,
  ownProgram,
  sourceFiles,
  unpackArtifact,
} from "../package/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import { fileExists, isAlive } from "../system/index.ts";
import { codeCompilers } from "./code-compiler.ts";
import { FunctionModules } from "./function-modules.ts";
import type { Code } from "./host/environment.ts";
import { environmentModules, type Isolation } from "./isolation.ts";
import { makeTemporaryFolder, sweepTemporaryFolders } from "./temporary-folders.ts";

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

/** Runs functions where their runtime's is not emulated; elsewhere `dev` has ended before anything is built. */
const thisNode = { program: process.execPath, version: process.versions.node };

/** A service's folder: reads its manifest and builds its functions, as often as it is asked to. */
export class Workspace {
  readonly #directory: string;
  readonly #options: WorkspaceOptions;
  readonly #modules: FunctionModules;
  #service: LoadedService | undefined;
  #unpackDirectory: string | undefined;
  #environmentModule: Promise<string> | undefined;

  /** @param modules of the same folder; they are closed with the workspace */
  constructor(
    directory: string,
    options: WorkspaceOptions,
    modules = new FunctionModules(directory),
  ) {
    this.#directory = directory;
    this.#options = options;
    this.#modules = modules;
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
    await this.#modules.close();
    if (this.#unpackDirectory === undefined) return;
    await rm(this.#unpackDirectory, { recursive: true, force: true });
  }

  /** Takes away what processes that were killed have left. */
  async sweep(): Promise<void> {
    await sweepTemporaryFolders();
    const parent = path.dirname(this.#modules.directory);
    const folders = await readdir(parent).catch(() => []);
    const left = folders.filter((name) => !isAlive(Number.parseInt(name, 10)));
    await Promise.all(left.map((name) => rm(path.join(parent, name), { recursive: true })));
  }

  /** Quickly, and with source maps: code that functions share is built once. */
  async #bundle({ functions }: ServicePlan): Promise<Pick<Snapshot, "code" | "inputs">> {
    const entries = Object.fromEntries(functions.map(({ key, entry }) => [key, entry]));
    const [{ modules, inputs }, environmentModule] = await Promise.all([
      this.#modules.build(entries),
      this.#findEnvironmentModule(),
    ]);
    const code = functions.map(({ key }): [string, Code] => [
      key,
      {
        taskRoot: path.dirname(modules[key] ?? ""),
        handler: `index.${handlerExport}`,
        module: modules[key] ?? "",
        packages: this.#modules.packagesDirectory,
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
    this.#environmentModule ??= ownProgram(name, this.#modules.directory);
    return this.#environmentModule;
  }
}
