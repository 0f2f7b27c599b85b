import { areUnchanged, type FileStamps, readTextFile, stampFiles } from "../system/index.ts";

/**
 * Tells imports for their effect alone, as `import "./set-up.ts"` is. What they import may have to run before a
 * package that is imported after it, and packages that are bundled apart run first.
 */
export class EffectImports {
  /** Files that have none. */
  readonly #without = new Map<string, FileStamps>();

  /** Whether one of these files has such an import. */
  async areIn(files: readonly string[]): Promise<boolean> {
    const found = await Promise.all(files.map((file) => this.#isIn(file)));
    return found.includes(true);
  }

  async #isIn(file: string): Promise<boolean> {
    const known = this.#without.get(file);
    if (known !== undefined && areUnchanged(known)) return false;
    const readSince = Date.now();
    if (effectImport.test(await readTextFile(file))) return true;
    this.#without.set(file, stampFiles([file], readSince));
    return false;
  }
}

const effectImport = /^[ \t]*import\s*["'][.#]/m;
