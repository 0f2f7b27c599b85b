import { readTextFile } from "../system/index.ts";

/**
 * Whether one of these files imports another for its effect alone, as `import "./set-up.ts"` does. It may
 * have to run before a package that is imported after it, and packages that are bundled apart run first.
 */
export async function runsBeforePackages(files: readonly string[]): Promise<boolean> {
  const texts = await Promise.all(files.map(readTextFile));
  return texts.some((text) => effectImport.test(text));
}

const effectImport = /^[ \t]*import\s*["'][.#]/m;
