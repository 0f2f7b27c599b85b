import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { threadId } from "node:worker_threads";
import {
  type Bundle,
  type Bundler,
  createBundler,
  type LoadedService,
  loadService,
  ownModule,
} from "../package/index.ts";
import { planService, type ServicePlan } from "../plan/index.ts";
import { isAlive } from "./lock.ts";
import { environmentEntry } from "./running-service.ts";

/** A service's source, as it is now. */
export interface Snapshot {
  readonly service: LoadedService;
  readonly plan: ServicePlan;
  readonly bundle: Bundle;
}

/** Those that this process has opened: each has a folder of its own. */
let workspaces = 0;

/**
 * A service's folder: reads its manifest and bundles its functions, as often as it is asked to. Bundles
 * go to a folder of their own, so that two of them never take each other's files away.
 */
export class Workspace {
  readonly #directory: string;
  readonly #buildDirectory: string;
  #bundler: { readonly entries: string; readonly value: Promise<Bundler> } | undefined;

  constructor(directory: string) {
    this.#directory = directory;
    workspaces += 1;
    const name = `${process.pid}.${threadId}.${workspaces}`;
    this.#buildDirectory = path.join(directory, ".lambdakit", "build", name);
  }

  /** @throws {LambdakitError} MANIFEST_*, BUNDLE_FAILED */
  async read(loaded?: LoadedService): Promise<Snapshot> {
    const service = loaded ?? (await loadService(this.#directory));
    const plan = planService(service.manifest, "dev");
    const bundler = await this.#bundlerFor(plan);
    return { service, plan, bundle: await bundler.build() };
  }

  async close(): Promise<void> {
    await (await this.#bundler?.value)?.dispose();
    await rm(this.#buildDirectory, { recursive: true, force: true });
  }

  /** Takes away what processes that were killed have left. */
  async sweep(): Promise<void> {
    const parent = path.dirname(this.#buildDirectory);
    const folders = await readdir(parent).catch(() => []);
    const left = folders.filter((name) => !isAlive(Number.parseInt(name, 10)));
    await Promise.all(left.map((name) => rm(path.join(parent, name), { recursive: true })));
  }

  async #bundlerFor(plan: ServicePlan): Promise<Bundler> {
    const entries = {
      ...Object.fromEntries(plan.functions.map(({ key, entry }) => [key, entry])),
      [environmentEntry]: ownModule("dev/host/environment-thread"),
    };
    const key = JSON.stringify(entries);
    if (this.#bundler?.entries !== key) {
      await (await this.#bundler?.value)?.dispose();
      const value = createBundler({
        directory: this.#directory,
        outputDirectory: this.#buildDirectory,
        entries,
      });
      this.#bundler = { entries: key, value };
    }
    return this.#bundler.value;
  }
}
