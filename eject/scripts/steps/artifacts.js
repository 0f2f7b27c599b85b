/** The zips in build/, each known by its SHA-256. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Refusal } from "./run.js";

const folder = "build";
const list = path.join(folder, "artifacts.json");

/** @param zips by the function's key */
export async function writeArtifacts(zips) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const artifacts = Object.entries(zips).map(([key, bytes]) => ({
    key,
    file: path.posix.join(folder, `${key}.zip`),
    sha256: sha256Of(bytes),
    bytes,
  }));
  for (const { file, bytes } of artifacts) await writeFile(file, bytes);
  const listed = artifacts.map(({ key, file, sha256 }) => [key, { file, sha256 }]);
  await writeFile(list, `${JSON.stringify(Object.fromEntries(listed), null, 2)}\n`);
  return artifacts;
}

/** Reads them, and refuses a zip that is not the one that was built. */
export async function readArtifacts() {
  const listed = JSON.parse(
    await readFile(list, "utf8").catch(() => {
      throw new Refusal(`There is no ${list}.`, "npm run build");
    }),
  );
  const artifacts = {};
  for (const [key, { file, sha256 }] of Object.entries(listed)) {
    const bytes = await readFile(file);
    if (sha256Of(bytes) !== sha256) {
      throw new Refusal(
        `${file} is not what was built: ${sha256Of(bytes)}, and not ${sha256}.`,
        "npm run build",
      );
    }
    artifacts[key] = { sha256, bytes };
  }
  return artifacts;
}

/** The digest of each function's zip, by the function's key. */
export function digestsOf(artifacts) {
  return Object.fromEntries(Object.entries(artifacts).map(([key, { sha256 }]) => [key, sha256]));
}

/** Where a zip lies in the artifact bucket: what is there under its digest never changes. */
export function artifactKey(sha256) {
  return `artifacts/${sha256}.zip`;
}

function sha256Of(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
