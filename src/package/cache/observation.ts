import { digest, readBytes, readFolder, readStamp, type Stamp } from "../../system/index.ts";

/** What was there when something was built, at one path: a file, a folder, or nothing. */
export interface Observation {
  /** Absolute, or relative to the service's folder. */
  readonly path: string;
  /** Where a folder is observed: the names that matter in it. @default every name */
  readonly stems?: readonly string[];
  /** The digest of a file's bytes or a folder's names; empty where nothing was there. */
  readonly state: string;
  readonly stamp?: Stamp;
}

/** Observes one path as it is now. */
export async function observe(
  path: string,
  resolve: (path: string) => string,
  stems?: readonly string[],
): Promise<Observation> {
  const stamp = readStamp(resolve(path));
  const filter = stems === undefined ? {} : { stems };
  if (stamp === undefined) return { path, ...filter, state: "" };
  const state = stamp.isFolder
    ? await folderState(resolve(path), stems)
    : digest(await readBytes(resolve(path)));
  return { path, ...filter, state, stamp };
}

/**
 * The same observation as of now where nothing has changed that matters; a file that was touched is
 * read. Undefined where something is different.
 */
export async function observedAgain(
  before: Observation,
  resolve: (path: string) => string,
): Promise<Observation | undefined> {
  const stamp = readStamp(resolve(before.path));
  if (isSame(stamp, before.stamp)) return before;
  const now = await observe(before.path, resolve, before.stems).catch(() => undefined);
  if (now?.state !== before.state) return undefined;
  // A folder is told to have changed for names that do not matter here, as often as somebody writes there.
  return stamp?.isFolder ? before : now;
}

function isSame(one: Stamp | undefined, other: Stamp | undefined): boolean {
  return (
    one?.size === other?.size &&
    one?.mtimeMs === other?.mtimeMs &&
    one?.ctimeMs === other?.ctimeMs &&
    one?.inode === other?.inode
  );
}

/** What is hidden is nobody's source: `.git`, and what we write ourselves. */
async function folderState(folder: string, stems: readonly string[] | undefined): Promise<string> {
  const entries = (await readFolder(folder)).filter(
    ({ name }) =>
      !name.startsWith(".") &&
      (stems === undefined || stems.some((stem) => name === stem || name.startsWith(`${stem}.`))),
  );
  return digest(JSON.stringify(entries.map(({ name, isFolder, link }) => [name, isFolder, link])));
}
