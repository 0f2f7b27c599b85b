import { rm } from "node:fs/promises";
import path from "node:path";
import { threadId } from "node:worker_threads";
import { type Bundle, type Bundler, createBundler } from "../package/index.ts";
import { readJsonFile, replaceFile } from "../system/index.ts";

/** The source file of each function, by its key. */
export type Entries = Readonly<Record<string, string>>;

/** Those that this process has made: each has a folder of its own. */
let made = 0;

/**
 * The functions of a service, bundled for this machine as often as they change: quickly, with source maps, and
 * code that they share only once.
 */
export class FunctionModules {
  /** A folder of its own for what is built, so that two of them never take each other's files away. */
  readonly directory: string;
  /** Where packages lie, bundled, for the next run too. */
  readonly packagesDirectory: string;
  readonly #service: string;
  #bundler: { readonly entries: string; readonly value: Promise<Bundler> } | undefined;
  /** What the next build comes to, where its entries are as they were in the last run. */
  #anticipated:
    | Promise<{ readonly entries: string; readonly bundle: Bundle } | undefined>
    | undefined;
  /** The entries that the next run will find. */
  #kept: string | undefined;

  /** @param service its folder */
  constructor(service: string) {
    this.#service = service;
    made += 1;
    const home = path.join(service, ".lambdakit");
    this.directory = path.join(home, "build", `${process.pid}.${threadId}.${made}`);
    this.packagesDirectory = path.join(home, "cache", "dependencies");
  }

  /** Begins to build what the last run has built. While a manifest is loaded, esbuild has time for it. */
  anticipate(): void {
    this.#anticipated = this.#buildAgain().catch(() => undefined);
  }

  /** @throws {LambdakitError} BUNDLE_FAILED */
  async build(entries: Entries): Promise<Bundle> {
    const anticipated = await this.#anticipated;
    this.#anticipated = undefined;
    if (anticipated?.entries === describe(entries)) return anticipated.bundle;
    const bundler = await this.#bundlerFor(entries);
    const bundle = await bundler.build();
    await this.#keep(describe(entries));
    return bundle;
  }

  async close(): Promise<void> {
    await this.#anticipated;
    await this.#dispose();
    await rm(this.directory, { recursive: true, force: true });
  }

  get #record(): string {
    return path.join(this.#service, ".lambdakit", "cache", "entries.json");
  }

  async #keep(entries: string): Promise<void> {
    if (this.#kept === entries) return;
    this.#kept = entries;
    // Without it the next run takes longer, and that is all.
    await replaceFile(this.#record, entries).catch(() => {});
  }

  async #buildAgain() {
    const entries = (await readJsonFile(this.#record)) as Entries;
    this.#kept = describe(entries);
    const bundler = await this.#bundlerFor(entries);
    return { entries: describe(entries), bundle: await bundler.build() };
  }

  async #bundlerFor(entries: Entries): Promise<Bundler> {
    const described = describe(entries);
    if (this.#bundler?.entries !== described) {
      await this.#dispose();
      const value = createBundler({
        directory: this.#service,
        outputDirectory: this.directory,
        cacheDirectory: this.packagesDirectory,
        entries,
      });
      this.#bundler = { entries: described, value };
    }
    return this.#bundler.value;
  }

  async #dispose(): Promise<void> {
    const bundler = await this.#bundler?.value.catch(() => undefined);
    this.#bundler = undefined;
    await bundler?.dispose();
  }
}

function describe(entries: Entries): string {
  return JSON.stringify(entries);
}
