import path from "node:path";
import { LambdakitError } from "../errors/index.ts";
import { digest, writeFiles } from "../system/index.ts";
import { bundleArtifacts, type FunctionSource } from "./artifact-bundle/bundle-artifacts.ts";
import { addCodeCache, findCompilers } from "./code-cache/add-code-cache.ts";
import type { FindCompiler } from "./code-cache/code-compiler.ts";
import type { BundledFunction, Contents } from "./contents/contents.ts";
import type { ZipFiles } from "./zip/format.ts";
import { unzip } from "./zip/unzip.ts";
import { zip } from "./zip/zip.ts";

/** One function's zip, as it is uploaded. The same function is the same bytes, and so the same name. */
export interface Artifact extends Contents {
  /** The function's key in the manifest. */
  readonly key: string;
  /** `{key}-{sha256}` */
  readonly name: string;
  /** Of the zip, in hexadecimal digits. */
  readonly sha256: string;
  readonly zip: Uint8Array;
  /** What the zip holds. */
  readonly files: readonly ArtifactFile[];
}

export interface ArtifactFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Makes the artifact of each function of a service, and checks nothing.
 *
 * @param findCompiler for functions with a code cache, which is for this machine
 * @throws {LambdakitError} BUNDLE_FAILED, PACKAGE_CODE_CACHE, DEV_RUNTIME_NOT_FOUND
 */
export async function buildArtifacts(
  directory: string,
  functions: readonly FunctionSource[],
  findCompiler: FindCompiler,
): Promise<Artifact[]> {
  const compilers = await findCompilers(functions, findCompiler);
  const bundles = await bundleArtifacts(directory, functions);
  return Promise.all((await addCodeCache(bundles, functions, compilers)).map(zipBundle));
}

export async function zipBundle(bundle: BundledFunction): Promise<Artifact> {
  const { key, files, sourceMaps: _, ...contents } = bundle;
  const bytes = zip(files);
  const sha256 = digest(bytes);
  return {
    key,
    name: `${key}-${sha256}`,
    sha256,
    zip: bytes,
    files: Object.entries(files)
      .map(([file, content]) => ({ path: file, bytes: content.length, sha256: digest(content) }))
      .sort((one, other) => (one.path < other.path ? -1 : 1)),
    ...contents,
  };
}

/** The service's own source files in an artifact, as absolute paths. */
export function sourceFiles({ inputs }: Contents, directory: string): string[] {
  const own = inputs.filter(({ path: file }) => !file.includes("node_modules"));
  return own.map((input) => path.resolve(directory, input.path));
}

/**
 * Unpacks a zip into a folder, which is made if it is not there.
 *
 * @throws {LambdakitError} ARTIFACT_INVALID where it is no zip, or has a file that would lie elsewhere
 */
export async function unpackArtifact(bytes: Uint8Array, directory: string): Promise<void> {
  const files = Object.entries(readZip(bytes)).filter(([name]) => !name.endsWith("/"));
  await writeFiles(
    files.map(([name, contents]) => {
      const file = path.resolve(directory, name);
      if (!file.startsWith(path.resolve(directory) + path.sep)) {
        throw invalid(`it has a file outside of its folder: ${name}`);
      }
      return { path: file, contents };
    }),
  );
}

function readZip(bytes: Uint8Array): ZipFiles {
  try {
    return unzip(bytes);
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

function invalid(why: string): LambdakitError {
  return new LambdakitError("ARTIFACT_INVALID", {
    message: `The artifact cannot be unpacked: ${why}.`,
    fix: "make it again from its source",
  });
}
