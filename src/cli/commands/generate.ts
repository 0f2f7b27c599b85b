import path from "node:path";
import type { GenerateAnswer } from "../../answers/index.ts";
import { exitCodes, LambdakitError } from "../../errors/index.ts";
import type { Site } from "../../generate/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { loadService } from "../../package/index.ts";
import { planService } from "../../plan/index.ts";
import {
  fileExists,
  nearestFolderWith,
  quoted,
  readStamp,
  realFolder,
  replaceFile,
  slashed,
} from "../../system/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command } from "../command.ts";
import type { LookedAt } from "../generated/look-at-file.ts";

export const generate: Command = {
  name: "generate",
  summary: "write the files that follow from service.ts",
  description:
    "Writes .vscode/launch.json at the root of the git repository (beside service.ts where there is none), so that F5 in VS Code starts lambdakit dev with breakpoints; what you have written there stays. Writes terraform/environments/{dev,sit,prod}.tfvars.json beside service.ts: what Terraform is told of each environment, to be reviewed and committed; all of it is derived. Writes runbooks/ beside them: deployment, operations, disaster-recovery, development, ci-cd, and what to do when an alarm fires; one that you have made your own stays. Where service.ts names a repository, writes its workflows into .github/workflows: pull request, dev, sit and prod; one that you have made your own stays. Then also puts into .github/dependabot.yml, .github/CODEOWNERS and lefthook.yml what the service needs there, and keeps what else they say; writes a SECURITY.md where there is none. Says what is wrong with the workflows that are there. With --check, writes nothing, names each file that is not as it would be written, and ends with 2 if there is one, or if a workflow has something wrong with it.",
  examples: [
    "lambdakit generate",
    "lambdakit generate --service services/product",
    "lambdakit generate --check",
    "lambdakit generate --check --json",
  ],
  options: {
    check: { type: "flag", description: "write nothing; say what is not up to date" },
  },
  arguments: [],

  async run(input, { terminal }) {
    const { directory, manifest } = await loadService(input.text("service") ?? ".");
    // What reads JSON with comments is of no use to any other command, and slow to load.
    const { generatedFiles } = await import("../../generate/index.ts");
    const { lookAtFile } = await import("../generated/look-at-file.ts");
    const { checkWorkflows, findingText } = await import("../workflows/check-workflows.ts");
    const root = nearestFolderWith(".git", directory) ?? directory;
    const check = input.flag("check");
    const outcomes: Outcome[] = [];
    const plans = environmentNames.map((name) => planService(manifest, name));
    const site = siteOf(directory, root);
    for (const file of generatedFiles(manifest, plans, site)) {
      outcomes.push(await bring(file.path, await lookAtFile(file, root), root, check));
    }
    const findings = await checkWorkflows(plans, root, site.service);
    if (input.flag("json")) {
      terminal.out(answerJson<GenerateAnswer>({ root, files: outcomes, findings }));
    } else {
      terminal.out([...outcomes.map(outcomeText), ...findings.map(findingText)].join("\n"));
    }
    const isStale = outcomes.some(({ status }) => status === "stale");
    const isElsewhere = manifest.repository !== undefined && manifest.folder !== site.service;
    if (isElsewhere) {
      terminal.err(
        `Alarms link a runbook that is not there: by folder in service.ts it is in "${manifest.folder}" of the repository, and it is in "${site.service}"`,
      );
    }
    if (isStale) terminal.err("Next: lambdakit generate");
    return isStale || isElsewhere || findings.length > 0 ? exitCodes.differences : exitCodes.ok;
  },
};

/** What came of one file. */
interface Outcome {
  readonly path: string;
  /** Kept is what should be otherwise, and is a person's. */
  readonly status: "wrote" | "unchanged" | "kept" | "stale";
  readonly differences: readonly string[];
}

/** Where a service stands in its repository. */
export function siteOf(directory: string, root: string): Site {
  const toolkit = "node_modules/lambdakit";
  const installed = nearestFolderWith(toolkit, directory) ?? root;
  const fromRoot = (folder: string) => slashed(path.relative(root, folder)) || ".";
  return {
    service: fromRoot(directory),
    installation: fromRoot(nearestFolderWith("package-lock.json", directory) ?? directory),
    toolkit: fromRoot(path.join(installed, toolkit)),
    toolkitSource: sourceOf(path.join(installed, toolkit), fromRoot),
    formatter: ["biome.json", "biome.jsonc"].some((name) => fileExists(path.join(root, name)))
      ? "biome"
      : null,
  };
}

/** An installed package is a folder of its own; one whose source is in the repository, a link to it. */
function sourceOf(toolkit: string, fromRoot: (folder: string) => string): string | null {
  if (readStamp(toolkit) === undefined) return null;
  const source = fromRoot(realFolder(toolkit));
  return source.startsWith("..") || source.split("/").includes("node_modules") ? null : source;
}

async function bring(
  name: string,
  found: LookedAt,
  root: string,
  check: boolean,
): Promise<Outcome> {
  if (found.is === "stood-in-for") {
    const yours = `it is for the same as ${name}: it is yours, and was left as it is`;
    return { path: found.by, status: "kept", differences: [yours] };
  }
  const { is, text, differences } = found;
  if (is === "there") {
    const status = differences.length === 0 ? "unchanged" : "kept";
    return { path: name, status, differences };
  }
  if (check) return { path: name, status: "stale", differences };
  const file = path.join(root, name);
  try {
    await replaceFile(file, text);
  } catch (cause) {
    throw new LambdakitError("GENERATE_NOT_WRITTEN", {
      message: `${name} could not be written: ${(cause as Error).message}`,
      fix: `make it possible to write to ${quoted(path.dirname(file))}, and run lambdakit generate again`,
      at: file,
      cause,
    });
  }
  return { path: name, status: "wrote", differences };
}

function outcomeText({ path: file, status, differences }: Outcome): string {
  return [`${status.padEnd(9)}  ${file}`, ...differences.map((one) => `           ${one}`)].join(
    "\n",
  );
}
