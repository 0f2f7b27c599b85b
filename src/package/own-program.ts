import path from "node:path";
import { build } from "esbuild";
import { nodeBundle } from "./node-bundle.ts";
import { isSource, ownModule } from "./own-source.ts";

/** Undefined while the toolkit runs from its source, where it has to be made first. */
export function builtProgram(name: string): string | undefined {
  return isSource ? undefined : ownModule(name);
}

/**
 * One of the toolkit's own modules, as a single file that a thread or another process runs. It is made when
 * the toolkit is built, and here while the toolkit runs from its source.
 *
 * @param name as of {@link ownModule}
 * @param directory where it is written, if it has to be
 * @returns the file
 */
export async function ownProgram(name: string, directory: string): Promise<string> {
  const built = builtProgram(name);
  if (built !== undefined) return built;
  const file = path.join(directory, `${path.basename(name)}.mjs`);
  await build({
    ...nodeBundle,
    entryPoints: [ownModule(name)],
    outfile: file,
    target: "node20",
    sourcemap: true,
    write: true,
  });
  return file;
}
