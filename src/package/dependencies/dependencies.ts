import path from "node:path";
import { pathToFileURL } from "node:url";
import { version } from "esbuild";
import {
  areUnchanged,
  type FileStamps,
  fileExists,
  markUsed,
  readJsonFile,
  removeUnusedFolders,
  replaceFile,
  stampFiles,
} from "../../system/index.ts";
import { type OutsideModules, othersUrl } from "./dependencies-outside.ts";
import {
  buildDependencies,
  type DependencyBundle,
  moduleUrl,
  type UsedNames,
} from "./dependency-bundle.ts";
import { type ExaminedModule, examineModule } from "./examine-module.ts";

export interface DependenciesOptions {
  /** The service's folder. */
  readonly directory: string;
  /** Where bundles are kept, for the next run too. */
  readonly cacheDirectory: string;
}

/** Bundles of another esbuild, or of other settings, are made anew. Count up when settings change. */
const madeBy = `esbuild ${version}, 2`;

/** A bundle that no run has used for so long is deleted. The number is ours. */
const keptDays = 7;

/**
 * The packages that a service's functions import, bundled once and then left alone, between runs too:
 * most of what functions run is packages, and few saves change these. Whenever a file of a package is
 * another than it was, all is made anew.
 */
export class Dependencies implements OutsideModules {
  readonly #options: DependenciesOptions;
  readonly #examined = new Map<string, Promise<ExaminedModule>>();
  #bundle: DependencyBundle | undefined;
  #stamps: FileStamps = {};
  /** When the first of the files was read that are stamped, in epoch milliseconds. */
  #readSince = Date.now();
  #loading: Promise<void> | undefined;
  #isGivenUp = false;
  /** After a build that uses a name which none has used before. */
  #wantsAllNames = false;

  constructor(options: DependenciesOptions) {
    this.#options = options;
  }

  /** What every {@link urlOf} starts with. */
  get urlPrefix(): string {
    return `${pathToFileURL(this.#options.cacheDirectory).href}/`;
  }

  async exportsOf(file: string): Promise<readonly string[] | undefined> {
    if (this.#isGivenUp) return undefined;
    const known = this.#examined.get(file) ?? examineModule(file, this.#options.directory);
    this.#examined.set(file, known);
    return (await known).exports;
  }

  likelyNames(file: string): ReadonlySet<string> | undefined {
    return this.#wantsAllNames ? undefined : this.#bundle?.used.get(file);
  }

  urlOf(file: string): string {
    // Before there is a bundle: no folder of this name is ever made.
    const { directory = path.join(this.#options.cacheDirectory, "none") } = this.#bundle ?? {};
    return moduleUrl(directory, file);
  }

  /** To be called before each build. Takes what an earlier run has left. */
  async load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /**
   * To be called in each build: forgets what is not true any more.
   * @returns true where that was anything, and the build has used it
   */
  forgetChanged(): boolean {
    if (areUnchanged(this.#stamps)) return false;
    this.#examined.clear();
    this.#stamps = {};
    this.#bundle = undefined;
    this.#readSince = Date.now();
    return true;
  }

  /**
   * Makes sure that the bundle has what is used.
   * @param imported the names that functions import, by {@link urlOf}
   * @returns true where another build is needed: there is a new bundle, and so every {@link urlOf} is another; or
   * something is used that was not likely, and now every name is
   */
  async cover(imported: UsedNames): Promise<boolean> {
    const isUnlikely = [...this.#examined.keys()].some((file) =>
      imported.has(othersUrl(this.urlOf(file))),
    );
    this.#wantsAllNames = isUnlikely;
    if (isUnlikely) return true;
    const missing = new Map<string, ReadonlySet<string>>();
    for (const file of this.#examined.keys()) {
      const names = imported.get(this.urlOf(file));
      const bundled = this.#bundle?.used.get(file);
      if (names === undefined) continue;
      if (bundled === undefined || [...names].some((name) => !bundled.has(name))) {
        missing.set(file, new Set([...(bundled ?? []), ...names]));
      }
    }
    if (missing.size === 0) return false;
    // What was used once is likely to be used again: so a bundle grows until the next start.
    const used = new Map([...(this.#bundle?.used ?? []), ...missing]);
    const { directory, cacheDirectory } = this.#options;
    this.#bundle = await buildDependencies(used, { parent: cacheDirectory, directory });
    await this.#save(this.#bundle);
    return true;
  }

  /**
   * Whether a file is in the bundle and also among others. It would run twice, as two modules, and not
   * once as in Lambda.
   */
  overlaps(files: readonly string[]): boolean {
    const bundled = new Set(this.#bundle?.inputs);
    return files.some((file) => bundled.has(file));
  }

  /** From now on every package is bundled with what imports it. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  get #record(): string {
    return path.join(this.#options.cacheDirectory, "latest.json");
  }

  async #load(): Promise<void> {
    const kept = await readJsonFile(this.#record).catch(() => undefined);
    if (Object(kept).madeBy !== madeBy) return;
    const { examined, used, inputs, outputs, stamps, name } = kept as Kept;
    const directory = path.join(this.#options.cacheDirectory, name);
    if (!outputs.every((file) => fileExists(path.join(directory, file)))) return;
    await markUsed(directory);
    for (const [file, exports] of Object.entries(examined)) {
      this.#examined.set(file, Promise.resolve({ exports: exports ?? undefined, inputs: [] }));
    }
    this.#stamps = stamps;
    const usedNames = Object.entries(used).map(([file, names]) => [file, new Set(names)] as const);
    this.#bundle = { directory, used: new Map(usedNames), inputs, outputs };
  }

  async #save({ directory, used, inputs, outputs }: DependencyBundle): Promise<void> {
    const examined: Record<string, readonly string[] | null> = {};
    const files = new Set(inputs);
    for (const [file, known] of this.#examined) {
      const { exports, inputs: reasons } = await known;
      examined[file] = exports ?? null;
      for (const reason of reasons) files.add(reason);
    }
    this.#stamps = stampFiles(files, this.#readSince);
    const kept: Kept = {
      madeBy,
      name: path.basename(directory),
      examined,
      used: Object.fromEntries([...used].map(([file, names]) => [file, [...names]])),
      inputs,
      outputs,
      stamps: this.#stamps,
    };
    await replaceFile(this.#record, JSON.stringify(kept));
    await removeUnusedFolders(this.#options.cacheDirectory, keptDays);
  }
}

/** What the next run needs to know. */
interface Kept {
  readonly madeBy: string;
  /** The bundle's folder. */
  readonly name: string;
  readonly examined: Readonly<Record<string, readonly string[] | null>>;
  readonly used: Readonly<Record<string, readonly string[]>>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly stamps: FileStamps;
}
