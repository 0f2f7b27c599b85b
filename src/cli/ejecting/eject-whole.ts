import path from "node:path";
import type { EjectAnswer } from "../../answers/index.ts";
import { type Ejection, ejectService } from "../../eject/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import type { LoadedService } from "../../package/index.ts";
import { planService, standbyPlan } from "../../plan/index.ts";
import { changeFiles } from "../../system/index.ts";
import { answerJson } from "../answer-json.ts";
import type { CommandLine, Input, World } from "../command.ts";
import { readTexts } from "./read-texts.ts";
import { readToolkit } from "./read-toolkit.ts";
import { requireFree } from "./require-free.ts";

/**
 * Takes a whole service out of the toolkit, and tells what that changes.
 *
 * @throws {LambdakitError} EJECT_DONE, EJECT_REFUSED, EJECT_NOT_WRITTEN
 */
export async function ejectWhole(
  { directory, manifest }: LoadedService,
  input: Input,
  { terminal }: World,
  cli: CommandLine,
): Promise<number> {
  const files = await readTexts(directory);
  await requireFree(directory, files, input.flag("force"));
  const plans = environmentNames.map((name) => planService(manifest, name));
  const standbys = environmentNames
    .map((name) => standbyPlan(manifest, name))
    .filter((plan) => plan !== null);
  const given = await readToolkit(directory, plans);
  const ejection = ejectService({ plans, standbys, files, commands: cli.names, ...given });
  const isDry = input.flag("dry-run");
  if (!isDry) await write(directory, ejection);
  const changes = changesOf(ejection, files);
  if (input.flag("json")) {
    const { leftOver } = ejection;
    terminal.out(answerJson<EjectAnswer>({ directory, dryRun: isDry, ...changes, leftOver, next }));
    return exitCodes.ok;
  }
  terminal.out(
    [
      ...changes.new.filter((file) => !file.startsWith(vendor)).map((file) => `new      ${file}`),
      `new      ${vendor} (${changes.new.filter((file) => file.startsWith(vendor)).length} files)`,
      ...changes.changed.map((file) => `changed  ${file}`),
      ...changes.deleted.map((file) => `deleted  ${file}`),
    ].join("\n"),
  );
  for (const { file, line, text } of ejection.leftOver) {
    terminal.err(`To be changed by hand: ${file}:${line}  ${text}`);
  }
  if (!isDry) terminal.err(["Next:", ...next].join("\n  "));
  return exitCodes.ok;
}

const vendor = "vendor/lambdakit/";
const next = ["npm install", "npm test", "npm run plan -- dev", "git add --all && git commit"];

function changesOf({ written, deleted }: Ejection, files: ReadonlyMap<string, string>) {
  const paths = [...written.keys()].sort();
  return {
    new: paths.filter((file) => !files.has(file)),
    changed: paths.filter((file) => files.has(file) && files.get(file) !== written.get(file)),
    deleted: [...deleted].sort(),
  };
}

async function write(directory: string, { written, deleted }: Ejection): Promise<void> {
  try {
    const aside = path.join(directory, ".lambdakit");
    await changeFiles({ directory, written, deleted, aside });
  } catch (cause) {
    throw new LambdakitError("EJECT_NOT_WRITTEN", {
      message: `${(cause as Error).message}. Every file is as it was.`,
      fix: "make the folder one that you may write to, and run it again",
      at: directory,
      cause,
    });
  }
}
