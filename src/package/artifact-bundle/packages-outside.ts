import path from "node:path";
import type { Plugin } from "esbuild";
import { digest, slashed } from "../../system/index.ts";
import {
  dependenciesOutside,
  importedNames,
  type OutsideModules,
  standIn,
} from "../dependencies/dependencies-outside.ts";
import { type ExaminedModule, examineModule } from "../dependencies/examine-module.ts";

/** One name that a function uses of a package. */
export interface UsedName {
  readonly name: string;
  /** What it is called in the packages' module, where all packages stand side by side. */
  readonly outside: string;
}

/** What a function uses of packages, by file; no names where only its effect is wanted. */
export type UsedPackages = ReadonlyMap<string, readonly UsedName[]>;

/** The module beside a function's own that holds its packages. */
export const packagesModule = "packages";
const url = `./${packagesModule}.mjs`;

/** Keeps packages out of functions' own modules, and knows afterwards what each function uses of them. */
export class PackagesOutside implements OutsideModules {
  readonly #directory: string;
  readonly #examined = new Map<string, Promise<ExaminedModule>>();
  readonly #names = new Map<string, UsedName & { readonly file: string }>();
  #used: UsedPackages | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  get plugin(): Plugin {
    return dependenciesOutside(this);
  }

  async exportsOf(file: string): Promise<readonly string[] | undefined> {
    const used = this.#used?.get(file);
    if (used !== undefined) return used.map(({ name }) => name);
    const known = this.#examined.get(file) ?? examineModule(file, this.#directory);
    this.#examined.set(file, known);
    return (await known).exports;
  }

  urlOf(): string {
    return url;
  }

  outsideName(file: string, name: string): string {
    const outside = outsideName(this.#whose(file), name);
    this.#names.set(outside, { file, name, outside });
    return outside;
  }

  /** Where a package lies does not matter, unless two files would be called the same. */
  #whose(file: string): string {
    const files = [...(this.#used?.keys() ?? [])];
    const same = files.filter((one) => placeInPackages(one) === placeInPackages(file));
    return same.length > 1 ? path.relative(this.#directory, file) : placeInPackages(file);
  }

  /** From now on packages export no more than this, which spares esbuild to look at the rest for each function. */
  narrow(used: UsedPackages): void {
    this.#used = used;
  }

  /**
   * @param codes modules of functions
   * @param inputs the files that they were made of, as the metafile names them
   */
  usedBy(codes: readonly string[], inputs: readonly string[]): UsedPackages {
    const used = new Map<string, UsedName[]>();
    for (const input of inputs) {
      if (!input.startsWith(`${standIn}:`)) continue;
      used.set(path.resolve(this.#directory, input.slice(standIn.length + 1)), []);
    }
    for (const outside of importedNames(codes, url).get(url) ?? []) {
      const known = this.#names.get(outside);
      if (known !== undefined) used.get(known.file)?.push({ name: known.name, outside });
    }
    return used;
  }
}

/** `/home/me/node_modules/zod/index.js` → `zod/index.js` */
function placeInPackages(file: string): string {
  return slashed(file).replace(/^.*\/node_modules\//, "");
}

/** Each name says whose it is: two packages may have the same ones. */
function outsideName(file: string, name: string): string {
  const whose = digest(slashed(file)).slice(0, 6);
  const isIdentifier = /^[A-Za-z_$][\w$]*$/.test(name);
  return `${isIdentifier ? name : `_${digest(name).slice(0, 6)}`}_${whose}`;
}
