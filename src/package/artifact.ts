import { createHash } from "node:crypto";
import path from "node:path";
import { LambdakitError } from "../errors/index.ts";
import { writeFiles } from "../system/index.ts";
import { bundleArtifacts, type FunctionSource } from "./bundle-artifacts.ts";
import { unzip, type ZipFiles, zip } from "./zip.ts";

/** One function's zip, as it is uploaded. The same function is the same bytes, and so the same name. */
export interface Artifact {
  /** The function's key in the manifest. */
  readonly key: string;
  /** `{key}-{sha256}` */
  readonly name: string;
  /** Of the zip, in hexadecimal digits. */
  readonly sha256: string;
  readonly zip: Uint8Array;
  /** Of `index.mjs` in the zip. Not part of it: a function starts slower for what it does not read. */
  readonly sourceMap: Uint8Array;
  /** Every source file that went in and is not from `node_modules`. */
  readonly inputs: readonly string[];
}

/** The module in every artifact; with the handler's name it is Lambda's handler string. */
export const artifactModule = "index";

/**
 * Makes the artifact of each function of a service.
 *
 * @throws {LambdakitError} BUNDLE_FAILED
 */
export async function buildArtifacts(
  directory: string,
  functions: readonly FunctionSource[],
): Promise<Artifact[]> {
  const bundles = await bundleArtifacts(directory, functions);
  return Promise.all(
    bundles.map(async ({ key, code, sourceMap, inputs }) => {
      const bytes = await zip({ [`${artifactModule}.mjs`]: code });
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { key, name: `${key}-${sha256}`, sha256, zip: bytes, sourceMap, inputs };
    }),
  );
}

/** Writes each artifact as `{name}.zip`, and its source map beside it as `{name}.mjs.map`. */
export function writeArtifacts(artifacts: readonly Artifact[], directory: string): Promise<void> {
  return writeFiles(
    artifacts.flatMap(({ name, zip: contents, sourceMap }) => [
      { path: path.join(directory, `${name}.zip`), contents },
      { path: path.join(directory, `${name}.mjs.map`), contents: sourceMap },
    ]),
  );
}

/**
 * Unpacks a zip into a folder, which is made if it is not there.
 *
 * @throws {LambdakitError} ARTIFACT_INVALID where it is no zip, or has a file that would lie elsewhere
 */
export async function unpackArtifact(bytes: Uint8Array, directory: string): Promise<void> {
  const files = Object.entries(await readZip(bytes)).filter(([name]) => !name.endsWith("/"));
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

async function readZip(bytes: Uint8Array): Promise<ZipFiles> {
  try {
    return await unzip(bytes);
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
