import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { isBelow, nearestFolderWith, readFolder, readStamp } from "../../system/index.ts";

/** A repository, and the copy of it. */
export interface Copied {
  readonly root: string;
  readonly copy: string;
}

/**
 * Gives the copy the packages that are installed here, each by a link of its own: whatever empties the folder takes links
 * away, and no package.
 *
 * @param below where the service is, from the root
 */
export async function linkPackages(copied: Copied, below: string): Promise<void> {
  const { root, copy } = copied;
  const parts = below === "" ? [] : below.split(path.sep);
  const places = ["", ...parts.map((_, at) => path.join(...parts.slice(0, at + 1)))];
  const owned = places.filter((place) => readStamp(path.join(root, place, packages))?.isFolder);
  for (const place of owned) {
    await linkEach(path.join(root, place, packages), path.join(copy, place, packages), copied);
  }
  // Node.js looks above the repository, too.
  const above = nearestFolderWith(packages, path.dirname(root));
  if (owned.length === 0 && above !== undefined) {
    await linkEach(path.join(above, packages), path.join(copy, packages), copied);
  }
}

const packages = "node_modules";

async function linkEach(from: string, to: string, copied: Copied): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const { name, isFolder, link } of await readFolder(from)) {
    const [there, here] = [path.join(from, name), path.join(to, name)];
    const source = link === undefined ? undefined : path.resolve(from, link);
    if (isFolder && name.startsWith("@")) await linkEach(there, here, copied);
    else if (source !== undefined && isOfRepository(source, copied)) {
      await linkSource(source, here, copied);
    } else if (isFolder || link !== undefined) await symlink(there, here, "junction");
  }
}

/** A workspace: its source is in the repository, and so in the copy. */
function isOfRepository(source: string, { root }: Copied): boolean {
  const isInside = source === root || isBelow(root, source);
  return isInside && !source.split(path.sep).includes(packages);
}

/** What was built of it is in no clone: it is that of here. */
async function linkSource(source: string, here: string, { root, copy }: Copied): Promise<void> {
  const copied = path.join(copy, path.relative(root, source));
  await symlink(copied, here, "junction");
  for (const { name, isFolder } of await readFolder(source)) {
    const isBuilt = isFolder && !name.startsWith(".") && !notBuilt.has(name);
    const own = path.join(copied, name);
    if (!isBuilt || readStamp(own) !== undefined) continue;
    await symlink(path.join(source, name), own, "junction");
  }
}

const notBuilt = new Set([packages, "coverage"]);
