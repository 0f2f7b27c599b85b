import path from "node:path";
import { type BuildOptions, type BuildResult, build, type Metafile, type Plugin } from "esbuild";
import { awsClients } from "../aws-clients/aws-clients.ts";
import { hasEventStreams, noEventStreams } from "../aws-clients/event-streams.ts";
import { imaginaryOutput } from "./artifact-build.ts";

/** {@link ArtifactBuild}, with what one build needs besides. */
export interface ModuleBuild extends BuildOptions {
  readonly absWorkingDir: string;
  readonly plugins: Plugin[];
  readonly metafile: true;
  readonly write: false;
}

export interface ModuleEntry {
  readonly in: string;
  /** Where esbuild is told to write it, without an extension. */
  readonly out: string;
}

/** A module that was built, and how the metafile names it. */
export interface BuiltModule {
  readonly code: Uint8Array;
  readonly sourceMap: Uint8Array;
  readonly output: string;
  readonly metafile: Metafile;
}

/**
 * Builds modules, each for itself, with AWS's clients as they are in Lambda.
 *
 * @returns one for each entry
 */
export async function buildModules(
  settings: ModuleBuild,
  entries: readonly ModuleEntry[],
): Promise<BuiltModule[]> {
  // Ours first: what stands in for a module is asked before what takes every builtin one.
  const plugins = [...awsClients, ...settings.plugins];
  const modules = await buildEach({ ...settings, plugins: [...plugins, noEventStreams] }, entries);
  const needStreams = (_: unknown, position: number) =>
    hasEventStreams(inputsOf(modules[position]));
  const anew = entries.filter(needStreams);
  if (anew.length === 0) return modules;
  const withStreams = await buildEach({ ...settings, plugins }, anew);
  return entries.map(
    (entry, position) => withStreams[anew.indexOf(entry)] ?? (modules[position] as BuiltModule),
  );
}

/** The files of which a module has something, as the metafile names them. */
export function inputsOf(module: BuiltModule | undefined): string[] {
  return Object.keys(module?.metafile.outputs[module.output]?.inputs ?? {});
}

async function buildEach(
  settings: ModuleBuild,
  entries: readonly ModuleEntry[],
): Promise<BuiltModule[]> {
  const result = await build({ ...settings, entryPoints: [...entries] });
  return entries.map(({ out }) => builtModule(settings, result, out));
}

function builtModule(
  { absWorkingDir }: ModuleBuild,
  { outputFiles, metafile }: BuildResult<{ write: false; metafile: true }>,
  name: string,
): BuiltModule {
  const output = `${imaginaryOutput}/${name}.mjs`;
  const contentsOf = (file: string) =>
    outputFiles.find((one) => one.path === file)?.contents ?? new Uint8Array();
  const file = path.resolve(absWorkingDir, output);
  return { code: contentsOf(file), sourceMap: contentsOf(`${file}.map`), output, metafile };
}
