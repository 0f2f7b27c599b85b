/**
 * build/proven.json: in which environments these very zips were deployed, and answered. It travels with the zips, so that no
 * environment gets what the one before has not proven.
 */
import { readFile, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { before } from "../settings.js";
import { Refusal } from "./run.js";

const file = "build/proven.json";

export async function requireProof({ stage, name }, digests) {
  const wanted = before[stage];
  if (wanted === undefined) return;
  const proven = (await read())[wanted];
  if (isDeepStrictEqual(proven, digests)) return;
  throw new Refusal(
    `${name} gets what ${wanted} has proven, and the zips in build/ are not that.`,
    `npm run deploy -- ${wanted}; or bring build/ from where that was done`,
  );
}

export async function recordProof({ stage }, digests) {
  const proven = { ...(await read()), [stage]: digests };
  await writeFile(file, `${JSON.stringify(proven, null, 2)}\n`);
}

async function read() {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
}
