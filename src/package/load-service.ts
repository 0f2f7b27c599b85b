import path from "node:path";
import { build, type Plugin } from "esbuild";
import { LambdakitError, type Problem } from "../errors/index.ts";
import { loadLocate, type Manifest, validateManifest } from "../manifest/index.ts";
import { areUnchanged, fileExists, readTextFile, stampFiles } from "../system/index.ts";
import { messagesOf } from "./esbuild-messages.ts";
import { withLazyCollector } from "./esbuild-process.ts";
import { installedPackages } from "./installed-packages.ts";
import { isFile } from "./metafile-input.ts";
import { ownModule, ownPackages } from "./own-source.ts";
import { namesLanguages, ownZod } from "./own-zod.ts";

export interface LoadedService {
  readonly directory: string;
  /** `service.ts`, as an absolute path. */
  readonly file: string;
  readonly manifest: Manifest;
  /** What `service.ts` exports: what the manifest was made of, without defaults. */
  readonly definition: unknown;
  /** Whether to load it again would give the same. */
  isCurrent(): boolean;
  /** Gives what says which line, from 1, states a part of the manifest, such as `functions.list.routes[0]`. */
  readLines(): Promise<(from: string) => number>;
}

/**
 * Loads and checks a service's manifest.
 *
 * @throws {LambdakitError} MANIFEST_NOT_FOUND, MANIFEST_NOT_LOADED; MANIFEST_INVALID with every problem
 */
export async function loadService(directory: string): Promise<LoadedService> {
  const file = path.resolve(directory, "service.ts");
  if (!fileExists(file)) {
    throw new LambdakitError("MANIFEST_NOT_FOUND", {
      message: `There is no service.ts in ${path.resolve(directory)}.`,
      fix: "name the service's folder: --service path/to/service",
      at: file,
    });
  }
  const readSince = Date.now();
  const { definition, inputs } = await evaluate(file);
  const source = await readTextFile(file);
  const validation = validateManifest(definition);
  const found = [
    ...(validation.ok ? [] : validation.problems),
    ...missingFiles(path.dirname(file), definition),
  ];
  if (validation.ok && found.length === 0) {
    const stamps = stampFiles(inputs, readSince);
    return {
      directory: path.dirname(file),
      file,
      manifest: validation.manifest,
      definition,
      isCurrent: () =>
        areUnchanged(stamps) && missingFiles(path.dirname(file), definition).length === 0,
      async readLines() {
        const locate = await loadLocate();
        return (from) => locate(source, parsePath(from)).line;
      },
    };
  }
  const locate = await loadLocate();
  const problems = found.map((problem) => ({
    ...problem,
    place: { file, ...locate(source, problem.path) },
  }));
  problems.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  throw new LambdakitError("MANIFEST_INVALID", {
    message: `service.ts has ${problems.length} ${problems.length === 1 ? "problem" : "problems"}.`,
    fix: "see each problem",
    at: file,
    problems,
  });
}

/** Bundles the manifest with the constants that it imports, and runs it. */
async function evaluate(
  file: string,
): Promise<{ readonly definition: unknown; readonly inputs: readonly string[] }> {
  try {
    const first = await withLazyCollector(() => bundle(file, [ownZod, installedPackages]));
    const wantsLanguage = namesLanguages(first.outputFiles[0]?.text ?? "");
    const { outputFiles, metafile } = wantsLanguage
      ? await bundle(file, [installedPackages])
      : first;
    const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
    const module = await import(`data:text/javascript;base64,${code}`);
    const inputs = Object.keys(metafile.inputs)
      .filter(isFile)
      .map((input) => path.resolve(input));
    if (module.default !== undefined) return { definition: module.default, inputs };
  } catch (cause) {
    throw new LambdakitError("MANIFEST_NOT_LOADED", {
      message: `service.ts could not be loaded.\n${messagesOf(cause)}`,
      fix: "correct it and run the command again",
      at: file,
      cause,
    });
  }
  throw new LambdakitError("MANIFEST_NOT_LOADED", {
    message: "service.ts exports no manifest.",
    fix: "write export default defineService({ ... })",
    at: file,
  });
}

function bundle(file: string, plugins: Plugin[]) {
  return build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
    plugins,
    // A new service is loaded before its packages are there: what its manifest imports, the toolkit has.
    nodePaths: [ownPackages()],
    // As Node.js resolves: it loads the packages that stay outside.
    conditions: [],
    // Only what a manifest needs of the toolkit: all of it would take longer than the rest of loading.
    alias: {
      lambdakit: ownModule("manifest/define-service"),
      "lambdakit/runtime": ownModule("runtime/index"),
    },
  });
}

/** Files that the manifest names and that are not there. What is not a text has been reported already. */
function missingFiles(directory: string, definition: unknown): Problem[] {
  const { functions = {}, sampleData } = Object(definition);
  const named = [
    ...Object.entries(Object(functions)).map(([key, value]) => ({
      path: ["functions", key, "entry"],
      file: Object(value).entry,
    })),
    { path: ["sampleData"], file: sampleData },
  ];
  return named.flatMap(({ path: place, file }): Problem[] => {
    if (typeof file !== "string" || fileExists(path.resolve(directory, file))) return [];
    return [
      {
        code: "MANIFEST_FILE_NOT_FOUND",
        path: place,
        message: `there is no file ${file}`,
        fix: "write the path of a file, relative to service.ts",
      },
    ];
  });
}

/** `functions.list.routes[0]` → `["functions", "list", "routes", 0]` */
function parsePath(from: string): (string | number)[] {
  const parts = from.split(/[.[\]]+/).filter((part) => part !== "");
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
