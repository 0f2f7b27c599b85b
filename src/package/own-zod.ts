import path from "node:path";
import type { Plugin } from "esbuild";
import { readJsonFile } from "../system/index.ts";
import { findInstalled } from "./installed-module.ts";

/**
 * Gives what runs in this process the toolkit's own copy of zod, where the installed one is of the same
 * version. zod is a hundred files: to load them took longer than all the rest of loading a manifest.
 *
 * The copy in the built toolkit speaks English only: see {@link namesLanguages}.
 */
export const ownZod: Plugin = {
  name: "own-zod",
  setup(build) {
    const installed = findInstalled(build);
    build.onResolve({ filter: /^zod$/ }, async (asked) => {
      const found = await installed(asked);
      if (found === undefined) return null;
      const zod = await import("zod");
      const { major, minor, patch } = zod.core.version;
      if ((await versionOf(found.file)) !== `${major}.${minor}.${patch}`) return null;
      Object.assign(globalThis, { [place]: zod });
      return { path: asked.path, namespace: "own-zod", sideEffects: false };
    });
    build.onLoad({ filter: /.*/, namespace: "own-zod" }, () => ({
      contents: `module.exports = globalThis[Symbol.for(${JSON.stringify(place.description)})];`,
    }));
  },
};

/** Whether code that was bundled may want one of zod's other languages. */
export function namesLanguages(code: string): boolean {
  return /\blocales\b/.test(code);
}

const place = Symbol.for("lambdakit.zod");

async function versionOf(file: string): Promise<unknown> {
  const manifest = await readJsonFile(path.join(path.dirname(file), "package.json")).catch(
    () => undefined,
  );
  return Object(manifest).version;
}
