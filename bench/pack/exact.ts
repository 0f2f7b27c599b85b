/** What packaging promises exactly, and no clock is needed for. */

import { createHash } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { print } from "../print.ts";
import { lambdakit, type Packager, packageOnce } from "./packagers.ts";
import { privateModule } from "./projects.ts";

/** Packages the same functions in two folders, edits what only one of them has, and packages again. */
export async function exactPromises(work: string, functions: number): Promise<void> {
  const one = lambdakit(path.join(work, `exact-${functions}`), functions);
  const other = lambdakit(path.join(work, `elsewhere/exact-${functions}`), functions);
  const before = await digests(one);
  const elsewhere = await digests(other);
  appendFileSync(path.join(one.directory, privateModule), "\nexport const edited = true;\n");
  const unused = await digests(one);
  appendFileSync(path.join(one.directory, privateModule), "\nconsole.info(edited);\n");
  const after = await digests(one);
  print(`${functions} functions:`);
  promise("zips that differ between two folders", differences(before, elsewhere), 0);
  promise(
    "zips that an edit changes which leaves nothing in the code",
    differences(before, unused),
    0,
  );
  promise("zips that an edit of one function's own module changes", differences(before, after), 1);
}

async function digests(packager: Packager): Promise<string[]> {
  await packageOnce(packager);
  return packager
    .artifacts()
    .sort()
    .map((file) => createHash("sha256").update(readFileSync(file)).digest("hex"));
}

function differences(some: readonly string[], others: readonly string[]): number {
  return some.filter((sha256) => !others.includes(sha256)).length;
}

function promise(what: string, found: number, expected: number): void {
  print(`- ${what}: ${found}${found === expected ? "" : `, and it should be ${expected}`}`);
  if (found !== expected) process.exitCode = 1;
}
