import path from "node:path";
import { LambdakitError } from "../../errors/index.ts";
import { validateManifest } from "../../manifest/index.ts";
import type { LoadedService } from "../../package/index.ts";
import { fileExists, nearestFolderWith, readStamp, readTextFile } from "../../system/index.ts";
import type { Input, World } from "../command.ts";
import { shortPath } from "../short-path.ts";
import { writeMade } from "./write-made.ts";

/** A part that a service gets. */
export interface Growth {
  /** Files that are not there yet, by their paths from the service's folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Folders of its own, which are new. Of their files nothing is said one by one. */
  readonly folders?: readonly string[];
  /** Files that are there, with what they say then. */
  readonly changed?: ReadonlyMap<string, string>;
  /** What is wrong with it beside what the manifest says. */
  readonly problems?: readonly string[];
  /** What `service.ts` exports then. */
  readonly definition: unknown;
  /** `service.ts` with it. @throws {TypeError} where it is not written in a way that can be edited */
  edit(source: string): string;
  /** What to write into `service.ts` where it cannot be edited. */
  readonly byHand: string;
  readonly next: readonly string[];
}

/**
 * Gives a service one part more: its files, its place in `service.ts`, and what is derived from that. It is held
 * against every rule of a manifest before anything is written.
 *
 * @returns the exit code
 * @throws {LambdakitError} NEW_INVALID, NEW_NOT_EDITABLE, NEW_NOT_WRITTEN
 */
export async function growService(
  { directory, file }: LoadedService,
  growth: Growth,
  input: Input,
  world: World,
): Promise<number> {
  requireRight(directory, file, growth);
  const text = edited(await readTextFile(file), growth, file);
  const making = {
    directory,
    root: nearestFolderWith(".git", directory) ?? directory,
    files: [...growth.files],
    changed: [["service.ts", text] as const, ...(growth.changed ?? [])],
    fix: "make the folder one that you may write to, and run it again",
    next: growth.next,
    shown: (name: string) => shortPath(path.join(directory, name)),
  };
  return writeMade(making, input, world);
}

/** All that is wrong with it, at once. */
function requireRight(directory: string, file: string, growth: Growth): void {
  const validation = validateManifest(growth.definition);
  const problems = [
    ...(growth.problems ?? []),
    ...taken(directory, growth),
    ...(validation.ok ? [] : validation.problems).map(
      ({ path: place, message, fix }) => `${place.join(".")}: ${message}; ${fix}.`,
    ),
  ];
  if (problems.length === 0) return;
  throw new LambdakitError("NEW_INVALID", {
    message: problems.join("\n"),
    fix: "correct each; nothing was written",
    at: file,
  });
}

/** What is there where something new would be. */
function taken(directory: string, { files, folders = [] }: Growth): string[] {
  const there = folders.filter((name) => readStamp(path.join(directory, name)) !== undefined);
  const isWithin = (name: string) => folders.some((folder) => name.startsWith(`${folder}/`));
  const others = [...files.keys()].filter(
    (name) => !isWithin(name) && fileExists(path.join(directory, name)),
  );
  return [...there, ...others].map((name) => `There is ${name} already: write another name.`);
}

function edited(source: string, growth: Growth, file: string): string {
  try {
    return growth.edit(source);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new LambdakitError("NEW_NOT_EDITABLE", {
      message: `It is not written there as an object that a program can edit: ${cause.message}. Nothing was written. It would say:\n${growth.byHand}`,
      fix: "write that by hand, with the files that --dry-run names; or move it into defineService({ ... })",
      at: file,
      cause,
    });
  }
}
