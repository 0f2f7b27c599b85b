import path from "node:path";
import type { AuditAnswer } from "../../answers/index.ts";
import type { Finding, Judged, Rule, Severity } from "../../audit/index.ts";
import { exitCodes, LambdakitError, nearest } from "../../errors/index.ts";
import type { Site } from "../../generate/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import { loadService } from "../../package/index.ts";
import { type EnvironmentName, planService } from "../../plan/index.ts";
import {
  digest,
  fileExists,
  nearestFolderWith,
  readTextFile,
  type Terminal,
} from "../../system/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Command, Input, Option, World } from "../command.ts";
import { accessOf, profileOptions } from "../observation/access/profiles.ts";
import { shortPath } from "../short-path.ts";
import { toolkitVersion } from "../toolkit-version.ts";
import { auditIam, iamOptions } from "./audit-iam.ts";
import { siteOf } from "./generate.ts";

const urgencies = ["critical", "high", "medium", "low"] as const satisfies readonly Severity[];

/** Looked for beside service.ts where nobody names another one. */
const usualBaseline = "audit-baseline.json";

export const audit: Command = {
  name: "audit",
  summary: "who could get in: repository, GitHub, accounts, permissions",
  description:
    "Looks at the files of the repository and their history, at what service.ts says and what follows from it, at its own Terraform, at what npm knows of its packages, and at GitHub's settings where there is a token (GH_TOKEN, GITHUB_TOKEN, or gh). With --env or --all, looks at the accounts, too. Each finding has an id, a place, what was seen, why it matters, what ends it, and who says so. What could not be looked at is said, and never taken for right. audit-baseline.json beside service.ts lists what stays as it is, with a reason and the day until which: afterwards it counts again. With --fix, prints the edits that are safe as a diff, for git apply. audit iam lists what each function may do, the smallest parts one by one: an action, on a table or index, on items of one kind. With --minimal, it runs the service's tests once to see which of them each test needs, takes away one after the other, and runs those tests again. A permission is needed where a test fails and has missed it; whatever no test needs is a finding. Tests count that start the service with startLocalService, since there the functions' policies decide. Changes nothing. Ends with 2 where there are findings.",
  examples: [
    "lambdakit audit",
    "lambdakit audit --severity high",
    "lambdakit audit --env prod --profile acme-prod",
    "lambdakit audit --only secret-in-file,secret-in-history",
    "lambdakit audit --fix | git apply",
    "lambdakit audit --sarif > audit.sarif",
    "lambdakit audit iam",
    "lambdakit audit iam --minimal --script test:integration",
  ],
  options: {
    env: {
      type: "choice",
      choices: environmentNames,
      description: "look at the account of this environment, too",
    },
    all: { type: "flag", description: "look at the accounts of all environments" },
    ...profileOptions,
    only: { type: "text", placeholder: "ID,...", description: "hold against these rules only" },
    severity: {
      type: "choice",
      choices: urgencies,
      description: "leave out what is less urgent",
      default: "low",
    },
    fix: { type: "flag", description: "print the safe edits as a diff" },
    sarif: { type: "flag", description: "print findings as SARIF 2.1.0" },
    baseline: {
      type: "text",
      placeholder: "FILE",
      description: `what stays as it is (default: ${usualBaseline} beside service.ts)`,
    },
    ...iamOptions,
  },
  arguments: ["iam"],

  async run(input, world) {
    return isAboutPermissions(input) ? auditIam(input, world) : auditWays(input, world);
  },
};

async function auditWays(input: Input, world: World): Promise<number> {
  const { terminal } = world;
  requireOneForm(input);
  const environments = environmentsOf(input);
  // Rules and what they read with are of no use to any other command.
  const { applyBaseline, audit: holdAgainst, rules } = await import("../../audit/index.ts");
  const { gatherFacts } = await import("../audit/gather-facts.ts");
  const chosen = chooseRules(rules, input.text("only"));
  const { directory, manifest } = await loadService(input.text("service") ?? ".");
  const root = nearestFolderWith(".git", directory) ?? directory;
  const site = siteOf(directory, root);
  const baseline = await baselineOf(input, directory);
  const plans = environmentNames.map((name) => planService(manifest, name));
  const now = new Date();
  const facts = await gatherFacts(
    {
      root,
      site,
      manifest,
      plans,
      environments,
      access: (name) => accessOf(input, name),
      rules: chosen,
      now,
    },
    world,
  );
  const seen = holdAgainst(facts, chosen);
  const judged = withSeverity(
    applyBaseline(seen, baseline, now.toISOString()),
    input.text("severity") as Severity,
  );
  for (const { id, place } of judged.unused) {
    terminal.err(`The baseline accepts ${id} at ${place}, which is no more: take it out.`);
  }
  terminal.out(await answer(judged, { input, terminal, chosen, site, files: facts.files.files }));
  return judged.findings.length > 0 ? exitCodes.differences : exitCodes.ok;
}

/**
 * Whether `iam` is meant. Options that only the other one of both has are refused.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE
 */
function isAboutPermissions(input: Input): boolean {
  const [what] = input.arguments;
  if (what !== undefined && what !== "iam") {
    throw new LambdakitError("CLI_BAD_VALUE", {
      message: `audit ${what} is nothing that can be looked at.`,
      fix: "lambdakit audit, or lambdakit audit iam",
      at: "iam",
    });
  }
  const strangers = Object.entries(audit.options)
    .filter(([name]) => name in iamOptions !== (what === "iam"))
    .filter(([name, option]) => isGiven(input, name, option));
  const [stranger] = strangers;
  if (stranger === undefined) return what === "iam";
  const [name] = stranger;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--${name} is for ${what === "iam" ? "audit without iam" : "audit iam"}.`,
    fix: `leave out --${name}${what === "iam" ? "" : ", or write lambdakit audit iam"}`,
    at: `--${name}`,
  });
}

function isGiven(input: Input, name: string, option: Option): boolean {
  if (option.type === "flag") return input.flag(name);
  return input.text(name) !== option.default;
}

function requireOneForm(input: Input): void {
  const forms = ["json", "sarif", "fix"].filter((name) => input.flag(name));
  if (forms.length < 2) return;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `${forms.map((name) => `--${name}`).join(" and ")} are forms of the same answer.`,
    fix: `leave out all but one of them`,
    at: `--${forms[1]}`,
  });
}

function environmentsOf(input: Input): readonly EnvironmentName[] {
  const name = input.text("env");
  if (!input.flag("all")) return name === undefined ? [] : [name as EnvironmentName];
  if (name === undefined) return environmentNames;
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: "--all has every environment in it, and --env names one.",
    fix: "leave out one of them",
    at: "--env",
  });
}

/** @throws {LambdakitError} CLI_BAD_VALUE */
function chooseRules(rules: readonly Rule[], only: string | undefined): readonly Rule[] {
  if (only === undefined) return rules;
  const names = only.split(",").map((name) => name.trim());
  const known = rules.map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return rules.filter(({ id }) => names.includes(id));
  const similar = nearest(unknown, known);
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `--only names "${unknown}", which is no rule.`,
    fix: similar === undefined ? "docs/reference/audit.md lists all rules" : `--only ${similar}`,
    at: "--only",
  });
}

async function baselineOf(input: Input, directory: string) {
  const { readBaseline } = await import("../../audit/index.ts");
  const named = input.text("baseline");
  const file = named ?? path.join(directory, usualBaseline);
  if (fileExists(file)) return readBaseline(await readTextFile(file), shortPath(file));
  if (named === undefined) return [];
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `There is no file ${named}.`,
    fix: `leave out --baseline, or name a file that is there`,
    at: "--baseline",
  });
}

/** Without what is less urgent than asked for. */
function withSeverity(judged: Judged, least: Severity): Judged {
  const counts = ({ severity }: Finding) => urgencies.indexOf(severity) <= urgencies.indexOf(least);
  return {
    ...judged,
    findings: judged.findings.filter(counts),
    accepted: judged.accepted.filter(({ finding }) => counts(finding)),
    expired: judged.expired.filter(({ finding }) => counts(finding)),
  };
}

interface Answering {
  readonly input: Input;
  readonly terminal: Terminal;
  readonly chosen: readonly Rule[];
  readonly site: Site;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

async function answer(judged: Judged, { input, terminal, chosen, site, files }: Answering) {
  const { sarif, unifiedDiff } = await import("../../audit/index.ts");
  const { auditText, nextText } = await import("../audit/audit-text.ts");
  if (input.flag("json")) return answerJson<AuditAnswer>(judged);
  if (input.flag("sarif")) {
    const file = site.service === "." ? "service.ts" : `${site.service}/service.ts`;
    const report = { version: toolkitVersion(), file, digest };
    return JSON.stringify(sarif(judged, chosen, report), null, 2);
  }
  const edits = judged.findings.flatMap((finding) => finding.edits);
  if (!input.flag("fix")) {
    if (edits.length > 0) terminal.err(nextText);
    return auditText(judged, terminal);
  }
  const whole = judged.findings.filter((finding) => finding.edits.length > 0).length;
  const rest = judged.findings.length - whole;
  terminal.err(`${whole} fixed by this diff; ${rest} more need a decision, see lambdakit audit.`);
  return unifiedDiff(edits, files).trimEnd();
}
