import { accountVariables, backendConfiguration, tfvars } from "../deploy/index.ts";
import { accountStateKey } from "../names.ts";
import { ejectedWorkflowFiles, generatedMark, workflowFolder } from "../pipeline/index.ts";
import { placeName, runbookFile, runbookFolder, type ServicePlan } from "../plan/index.ts";
import { runbookMark } from "../runbook/index.ts";
import { edited } from "./edits/edited.ts";
import { ejectedPackageJson } from "./edits/package-json.ts";
import { withoutCommands } from "./edits/runbook.ts";
import { withoutToolkit } from "./edits/terraform.ts";
import { farewell, farewellFile } from "./farewell.ts";
import { jsonFile } from "./json-file.ts";
import { type LeftOver, leftOvers } from "./left-over.ts";
import { settingsFile } from "./settings-file.ts";
import type { Texts } from "./texts.ts";
import { type Toolkit, vendored } from "./vendored.ts";

export interface EjectedService {
  /** Of dev, sit and prod. */
  readonly plans: readonly ServicePlan[];
  /** Of where it stands by. */
  readonly standbys: readonly ServicePlan[];
  /** What is in its folder. */
  readonly files: Texts;
  readonly toolkit: Toolkit;
  /** `stacks/...` and `modules/...`; without the service's stack where it has one of its own already. */
  readonly terraform: Texts;
  /** By their paths from `scripts/`. */
  readonly scripts: Texts;
  /** The names of the toolkit's commands. */
  readonly commands: readonly string[];
}

/** What becomes of a service's folder. */
export interface Ejection {
  /** New and changed files, by path. */
  readonly written: ReadonlyMap<string, string | Uint8Array>;
  /** Derived files that nothing derives any more. */
  readonly deleted: readonly string[];
  /** What nobody but a person can replace. */
  readonly leftOver: readonly LeftOver[];
}

/** Works out how a service leaves the toolkit. Writes nothing. */
export function ejectService(service: EjectedService): Ejection {
  const { files, plans, toolkit, scripts, commands } = service;
  const deleted = [...files].filter(([file, text]) => isDerived(file, text)).map(([file]) => file);
  const kept = new Map([...files].filter(([file]) => !deleted.includes(file)));
  const made = new Map([
    ...madeTexts(service),
    ...[...scripts].map(([file, text]) => [`scripts/${file}`, text] as const),
    ...editedTexts(kept, service),
  ]);
  const all = new Map([...kept, ...made]);
  const leftOver = leftOvers(all, commands);
  return {
    written: new Map<string, string | Uint8Array>([
      ...made,
      ...vendored(toolkit),
      [farewellFile, farewell(plans, leftOver)],
    ]),
    deleted: deleted.filter((file) => !made.has(file)),
    leftOver,
  };
}

/** Workflows and runbooks whose first line says so: those that somebody has made their own stay. */
function isDerived(file: string, text: string): boolean {
  const isWorkflow = file.startsWith(`${workflowFolder}/`) && text.startsWith(generatedMark);
  const isRunbook = file.startsWith(`${runbookFolder}/`) && text.startsWith(runbookMark);
  return isWorkflow || (isRunbook && file !== runbookFile);
}

function* madeTexts({ plans, standbys, terraform }: EjectedService): Generator<[string, string]> {
  yield ["scripts/settings.js", settingsFile(plans)];
  for (const plan of [...plans, ...standbys]) {
    const file = `terraform/environments/${placeName(plan)}`;
    yield [`${file}.tfvars.json`, jsonFile(tfvars(plan))];
    yield [`${file}.tfbackend`, backendFile({ ...backendConfiguration(plan) })];
  }
  for (const plan of plans) {
    const variables = accountVariables(plan);
    const { state_bucket: bucket, region } = variables;
    const file = `terraform/accounts/${plan.environment}`;
    yield [`${file}.tfvars.json`, jsonFile(variables)];
    yield [`${file}.tfbackend`, backendFile({ bucket, key: accountStateKey(region), region })];
  }
  for (const [file, text] of terraform) yield [`terraform/${file}`, withoutToolkit(text)];
  for (const stack of ["account", "recovery-region"]) {
    const isThere = terraform.has(`stacks/${stack}/main.tf`);
    if (isThere) yield [`terraform/stacks/${stack}/backend.tf`, remoteState];
  }
  for (const { path, text } of ejectedWorkflowFiles(plans)) yield [path, text];
}

/** What of the files that are there says something of the toolkit, as far as it is known what. */
function* editedTexts(
  files: Texts,
  { toolkit, plans }: EjectedService,
): Generator<[string, string]> {
  for (const [file, text] of files) {
    const after =
      file === "package.json"
        ? ejectedPackageJson(text, toolkit)
        : file === runbookFile
          ? withoutCommands(text, plans)
          : edited(file, text);
    if (after !== text) yield [file, after];
  }
}

/** Where these stacks have their state: the toolkit has said so itself, since the bucket is of their making. */
const remoteState = `terraform {
  backend "s3" {
    use_lockfile = true
    encrypt      = true
  }
}
`;

/** As `terraform init -backend-config` reads it. */
function backendFile(settings: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(settings).map((name) => name.length));
  return Object.entries(settings)
    .map(([name, value]) => `${name.padEnd(width)} = ${JSON.stringify(value)}\n`)
    .join("");
}
