import path from "node:path";
import { LambdakitError } from "../../errors/index.ts";
import { publishFiles, quoted, readBytes, readFolder, readJsonFile } from "../../system/index.ts";
import type { ArtifactList } from "./artifact-list.ts";

/** What names all others in a folder of artifacts. */
const listFile = "artifacts.json";

export interface PublishedFile {
  readonly name: string;
  readonly contents: string | Uint8Array;
}

/** The list that is in a folder of artifacts; nothing where there is none, or none that can be read. */
export async function readList(directory: string): Promise<ArtifactList | undefined> {
  const list = Object(await readJsonFile(path.join(directory, listFile)).catch(() => ({})));
  return typeof list.service === "string" && typeof list.functions === "object" ? list : undefined;
}

/**
 * Writes a service's artifacts into a folder, and takes away those that it has written there before and
 * that its list no longer names. Where they are there already, nothing is written.
 *
 * @throws {LambdakitError} PACKAGE_NOT_WRITTEN; the folder is then as it was
 */
export async function publishArtifacts(
  directory: string,
  list: ArtifactList,
  files: readonly PublishedFile[],
): Promise<void> {
  const former = await readList(directory);
  if (former !== undefined && former.service !== list.service) {
    throw notWritten(directory, `it holds the artifacts of the service "${former.service}"`);
  }
  const all = [...files, { name: listFile, contents: `${JSON.stringify(list, null, 2)}\n` }];
  if (await areThere(directory, all)) return;
  const stale = async () => {
    // As it is now: somebody else may have packaged the service at the same time.
    const now = new Set(namesIn((await readList(directory)) ?? list));
    const written = (await readFolder(directory)).map(({ name }) => name).filter(isOurs(list));
    return [...namesIn(former), ...written].filter((name) => !now.has(name));
  };
  await publishFiles({ directory, files: all, stale }).catch((cause: Error) => {
    throw notWritten(directory, cause.message, cause);
  });
}

async function areThere(directory: string, files: readonly PublishedFile[]): Promise<boolean> {
  const same = files.map(async ({ name, contents }) => {
    const there = await readBytes(path.join(directory, name)).catch(() => undefined);
    const bytes = typeof contents === "string" ? Buffer.from(contents) : contents;
    return there !== undefined && Buffer.compare(bytes, there) === 0;
  });
  return (await Promise.all(same)).every(Boolean);
}

function namesIn(list: ArtifactList | undefined): string[] {
  const artifacts = Object.values(list?.functions ?? {});
  return artifacts.flatMap(({ zip, sourceMaps }) => [zip, sourceMaps.file]);
}

/** Files that a run has written that did not come to its end. */
function isOurs({ functions }: ArtifactList): (name: string) => boolean {
  return (name) => {
    const [, key = ""] = /^(\w+)-[0-9a-f]{64}\.(?:maps\.)?zip$/.exec(name) ?? [];
    return Object.hasOwn(functions, key);
  };
}

function notWritten(directory: string, why: string, cause?: Error): LambdakitError {
  return new LambdakitError("PACKAGE_NOT_WRITTEN", {
    message: `The artifacts could not be written: ${why}.`,
    fix: `make room in ${quoted(directory)} and make it writable, or name another folder with --output`,
    at: directory,
    ...(cause === undefined ? {} : { cause }),
  });
}
