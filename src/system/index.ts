/**
 * The machine: files, the terminal, the environment.
 *
 * Takes nothing of ours. Gives the few calls that other rooms need, so that these never touch the
 * disk or the process themselves. Its one rule: nothing in here knows what a service is.
 */
export { canonicalJson } from "./canonical-json.ts";
export { changeFiles, type FileChanges } from "./change-files.ts";
export { digest } from "./digest.ts";
export { areUnchanged, type FileStamps, stampFiles } from "./file-stamps.ts";
export {
  appendLine,
  fileExists,
  readBytes,
  readJsonFile,
  readTextFile,
  removeFile,
  writeFiles,
  writeNewFiles,
} from "./files.ts";
export { type Entry, readFolder, readStamp, realFolder, type Stamp } from "./folder.ts";
export { type FileVersion, readVersions, type VersionChoice } from "./git-versions.ts";
export { isAlive } from "./is-alive.ts";
export { isBelow } from "./is-below.ts";
export { markUsed, removeUnusedFolders, writeFolder } from "./kept-folders.ts";
export { nearestFolderWith } from "./nearest-folder.ts";
export { type Publication, publishFiles } from "./publish-files.ts";
export { quoted } from "./quoted.ts";
export { readCommit } from "./read-commit.ts";
export { replaceFile } from "./replace-file.ts";
export { type ProgramOptions, type ProgramRun, runProgram } from "./run-program.ts";
export { slashed } from "./slashed.ts";
export { processTerminal, showsUnicode, type Terminal } from "./terminal.ts";
export { type Whereabouts, whereItRuns } from "./where-it-runs.ts";
