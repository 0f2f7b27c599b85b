import { areUnchanged, type FileStamps, readTextFile, stampFiles } from "../system/index.ts";

/**
 * Tells imports for their effect alone, as `import "./set-up.ts"` is. What they import may have to run before a
 * package that is imported after it, and packages that are bundled apart run first. A file is read again when
 * it is another than it was.
 */
export class EffectImports {
  readonly #known = new Map<string, Promise<Reading>>();

  /** Whether one of these files has such an import. */
  async areIn(files: readonly string[]): Promise<boolean> {
    const found = await Promise.all(files.map((file) => this.#isIn(file)));
    return found.includes(true);
  }

  async #isIn(file: string): Promise<boolean> {
    const known = this.#known.get(file);
    if (known !== undefined) {
      const { isIn, stamps } = await known;
      if (areUnchanged(stamps)) return isIn;
    }
    const reading = read(file);
    this.#known.set(file, reading);
    // Whoever asks next may find it there.
    reading.catch(() => this.#known.delete(file));
    return (await reading).isIn;
  }
}

interface Reading {
  readonly isIn: boolean;
  readonly stamps: FileStamps;
}

async function read(file: string): Promise<Reading> {
  const readSince = Date.now();
  const isIn = effectImport.test(await readTextFile(file));
  return { isIn, stamps: stampFiles([file], readSince) };
}

const effectImport = /^[ \t]*import\s*["'][.#]/m;
