import { cp, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { nearestFolderWith, readStamp, runProgram } from "../../system/index.ts";
import { linkPackages } from "./link-packages.ts";

/** A copy of a service's repository, which may be changed. */
export interface Checkout {
  /** The folder of `service.ts` in it. */
  readonly service: string;
}

/**
 * As a fresh clone has it, with what is not committed yet. Packages are those that are installed here.
 *
 * @param directory the service's folder
 * @param folder of the copy; it does not exist yet
 */
export async function openCheckout(directory: string, folder: string): Promise<Checkout> {
  const repository = nearestFolderWith(".git", directory);
  const root = repository ?? directory;
  if (repository === undefined) await copyFolder(directory, folder);
  else await cloneWithChanges(repository, folder);
  const below = path.relative(root, directory);
  await linkPackages({ root, copy: folder }, below);
  return { service: path.join(folder, below) };
}

async function copyFolder(from: string, to: string): Promise<void> {
  const made = new Set(["node_modules", ".lambdakit", "dist", "coverage"]);
  const filter = (file: string) => file === from || !made.has(path.basename(file));
  await cp(from, to, { recursive: true, filter });
}

async function cloneWithChanges(root: string, folder: string): Promise<void> {
  await git(root, ["clone", "--quiet", root, folder]);
  const listed = ["ls-files", "-z", "--modified", "--others", "--exclude-standard"];
  const changed = new Set((await git(root, listed)).split("\0").filter(Boolean));
  for (const file of changed) {
    const [from, to] = [path.join(root, file), path.join(folder, file)];
    await rm(to, { force: true });
    // What was deleted is listed, too.
    if (readStamp(from) === undefined) continue;
    await mkdir(path.dirname(to), { recursive: true });
    await cp(from, to);
  }
}

/** @throws {Error} what git says */
async function git(directory: string, args: readonly string[]): Promise<string> {
  const { status, output, complaint } = await runProgram("git", args, { directory });
  if (status !== 0) throw new Error(`git ${args[0]}: ${complaint.trim()}`);
  return output;
}
