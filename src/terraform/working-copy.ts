import path from "node:path";
import { fileURLToPath } from "node:url";
import { fileExists, readBytes, readFolder, removeFile, replaceFile } from "../system/index.ts";
import { isEmulated } from "./is-emulated.ts";

/** The stacks that lambdakit brings. */
export type Stack = "account" | "recovery-region" | "service";

/** Of this package, whether it is run from source or bundled: both lie two folders deep. */
const ours = fileURLToPath(new URL("../../terraform/", import.meta.url));

/** A folder that Terraform runs in. */
export interface WorkingCopy {
  /** Of the stack itself. */
  readonly directory: string;
  /** Everything that the stack is made of, by its path in the copy. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Copies a stack and the modules to where Terraform may write beside them. What is there already and the
 * same stays, so that Terraform has no reason to prepare anything again.
 *
 * @param folder becomes `modules/` and `stacks/STACK/`
 * @param source where `modules` and `stacks` are. @default those of lambdakit
 * @param more further files of the stack, by name
 * @param emulated whether with what an emulator needs. @default where there is one
 */
export async function copyStack(
  folder: string,
  stack: Stack,
  {
    source = ours,
    more = {},
    emulated = isEmulated(),
  }: {
    readonly source?: string;
    readonly more?: Readonly<Record<string, string>>;
    readonly emulated?: boolean;
  } = {},
): Promise<WorkingCopy> {
  const place = path.join("stacks", stack);
  const files = new Map(await readStack(stack, source));
  // What an emulator needs to be otherwise; each file says why.
  for (const part of emulated ? ["modules", place] : []) {
    await collect(path.join(ours, "emulator"), part, files);
  }
  for (const [name, text] of Object.entries(more)) {
    files.set(path.join(place, name), Buffer.from(text));
  }
  for (const [name, contents] of files) await bring(path.join(folder, name), contents);
  for (const part of ["modules", place]) {
    const there = new Map<string, Uint8Array>();
    await collect(folder, part, there);
    const stale = [...there.keys()].filter((name) => isLanguage.test(name) && !files.has(name));
    await Promise.all(stale.map((name) => removeFile(path.join(folder, name))));
  }
  return { directory: path.join(folder, place), files };
}

/**
 * What a stack and the modules are made of, by path.
 *
 * @param source where `modules` and `stacks` are. @default those of lambdakit
 */
export async function readStack(
  stack: Stack,
  source = ours,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const part of ["modules", path.join("stacks", stack)]) await collect(source, part, files);
  return files;
}

const isLanguage = /\.tf(\.json)?$/;
/** What Terraform writes itself: its cache, its lock file, states. */
const isWritten = /^\.|\.tfstate|\.tfplan$/;

/** Everything that somebody wrote, without tests. */
async function collect(root: string, part: string, files: Map<string, Uint8Array>): Promise<void> {
  for (const { name, isFolder } of await readFolder(path.join(root, part))) {
    const file = path.join(part, name);
    if (isWritten.test(name)) continue;
    if (!isFolder) files.set(file, await readBytes(path.join(root, file)));
    else if (name !== "tests") await collect(root, file, files);
  }
}

async function bring(file: string, contents: Uint8Array): Promise<void> {
  const there = fileExists(file) ? await readBytes(file) : undefined;
  if (there !== undefined && Buffer.compare(there, contents) === 0) return;
  await replaceFile(file, contents);
}
