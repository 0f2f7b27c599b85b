import path from "node:path";
import type { Plugin } from "esbuild";
import { digest, slashed } from "../../system/index.ts";
import { exportName } from "../dependencies/dependencies-outside.ts";
import type { ArtifactBuild } from "./artifact-build.ts";
import { type BuiltModule, buildModules } from "./build-modules.ts";
import { packagesModule, type UsedPackages } from "./packages-outside.ts";

/** esbuild's name for where the entry of a packages' module comes from. */
export const usedPackages = "used-packages";

/**
 * Bundles what each function uses of packages. Those that use the same get the same module, made once.
 *
 * @returns for each of `uses` its module; undefined where nothing is used
 */
export async function bundlePackages(
  settings: ArtifactBuild,
  uses: readonly UsedPackages[],
): Promise<(BuiltModule | undefined)[]> {
  const { absWorkingDir: directory } = settings;
  const sources = uses.map((used) => (used.size === 0 ? undefined : sourceOf(used, directory)));
  const distinct = new Map(
    sources.flatMap((one) => (one === undefined ? [] : [[digest(one), one]])),
  );
  const names = [...distinct.keys()];
  if (names.length === 0) return sources.map(() => undefined);
  const plugin: Plugin = {
    name: usedPackages,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${usedPackages}:`) }, (asked) => ({
        path: asked.path.slice(usedPackages.length + 1),
        namespace: usedPackages,
      }));
      onLoad({ filter: /.*/, namespace: usedPackages }, (asked) => ({
        contents: distinct.get(asked.path) ?? "",
        resolveDir: directory,
      }));
    },
  };
  const built = await buildModules(
    {
      ...settings,
      // Where a package's code stood, a trace says. What stood there is in the package, and is twice as much as the rest.
      sourcesContent: false,
      plugins: [...settings.plugins, plugin],
    },
    names.map((name) => ({ in: `${usedPackages}:${name}`, out: `${name}/${packagesModule}` })),
  );
  const modules = new Map(names.map((name, position) => [distinct.get(name), built[position]]));
  return sources.map((source) => modules.get(source));
}

/** A module that passes on what is used, and so the same text wherever the same is used. */
function sourceOf(used: UsedPackages, directory: string): string {
  const lines = [...used].map(([file, names]) => {
    const from = JSON.stringify(`./${slashed(path.relative(directory, file))}`);
    if (names.length === 0) return `import ${from};`;
    const list = names.map(({ name, outside }) => `${exportName(name)} as ${outside}`).sort();
    return `export { ${list.join(", ")} } from ${from};`;
  });
  return lines.join("\n");
}
