import path from "node:path";
import {
  type AuditFacts,
  type FactKind,
  gatherAccount,
  gatherAdvisories,
  gatherFiles,
  gatherGitHub,
  gatherHistory,
  type Rule,
  type Subject,
  type Unread,
} from "../../audit/index.ts";
import { generatedFiles, type Site } from "../../generate/index.ts";
import type { Manifest } from "../../manifest/index.ts";
import type { Access } from "../../observe/index.ts";
import type { EnvironmentName, ServicePlan } from "../../plan/index.ts";
import { fileExists, readTextFile } from "../../system/index.ts";
import type { World } from "../command.ts";
import { withOwnTables } from "../observation/access/own-tables.ts";
import { timedSteps } from "../step-text.ts";
import { gitHubCredentials } from "./github-access.ts";

/** What an audit is of, and what is looked at. */
export interface Looking {
  readonly root: string;
  readonly site: Site;
  readonly manifest: Manifest;
  readonly plans: readonly ServicePlan[];
  /** Whose accounts are asked. */
  readonly environments: readonly EnvironmentName[];
  /** Whose credentials each of them is asked with. */
  readonly access: (environment: EnvironmentName) => Access;
  /** The rules that will be held against the facts: what none of them needs is not read. */
  readonly rules: readonly Rule[];
  readonly now: Date;
}

/** How long the history may take; a repository of ten thousand commits needs a few seconds. */
const historyMs = 60_000;

/** Reads what rules need. What cannot be read is part of the answer, with the reason. */
export async function gatherFacts(
  { root, site, manifest, plans, environments, access, rules, now }: Looking,
  world: World,
): Promise<AuditFacts> {
  const { terminal, interrupted } = world;
  const done = timedSteps(terminal);
  const needs = (kind: FactKind) => rules.some(({ checks }) => checks[kind] !== undefined);
  const unneeded: Unread = { unread: "no rule that was asked for needs it" };

  const files = await gatherFiles(root);
  done(`read ${files.files.length} files`);
  const stale = needs("files") ? await staleFiles(root, site, manifest, plans) : [];
  let history: AuditFacts["history"] = unneeded;
  if (needs("history")) {
    const onProgress = (versions: number) => terminal.err(`read ${versions} versions of files`);
    const reading = { root, now: files, budgetMs: historyMs, interrupted, onProgress };
    history = await gatherHistory(reading);
    done("read the history");
  }
  let advisories: AuditFacts["advisories"] = unneeded;
  if (needs("advisories")) {
    advisories = await gatherAdvisories(path.join(root, site.installation), interrupted);
    done("asked npm for known vulnerabilities");
  }
  let gitHub: AuditFacts["gitHub"] = unneeded;
  if (needs("gitHub")) {
    gitHub = await lookAtGitHub(plans, root, interrupted);
    if (!("unread" in gitHub)) done("asked GitHub");
  }
  const accounts: AuditFacts["accounts"][number][] = [];
  const own: ServicePlan[] = [];
  for (const plan of plans) {
    const { environment } = plan;
    const isAsked = needs("account") && environments.includes(environment);
    // What keeps tables' names from being read keeps away all of the account, which says why.
    const there = isAsked
      ? await withOwnTables(plan, access(environment), terminal).catch(() => plan)
      : plan;
    own.push(there);
    if (!needs("account")) continue;
    const option = `--env ${environment}, or --all, looks at it`;
    const account = isAsked ? await gatherAccount(there, access(environment)) : { unread: option };
    accounts.push({ environment, account });
    if (isAsked) done(`looked at the account of ${environment}`);
  }
  const subject = subjectOf(site, own, now);
  return { subject, files: { ...files, stale }, history, advisories, gitHub, accounts };
}

async function lookAtGitHub(
  plans: readonly ServicePlan[],
  root: string,
  interrupted: AbortSignal,
): Promise<AuditFacts["gitHub"]> {
  const [plan] = plans;
  const { repository = null, branch = "main" } = plan?.deployment ?? {};
  if (repository === null) return { unread: "service.ts names no repository" };
  const credentials = await gitHubCredentials(root);
  if ("unread" in credentials) return credentials;
  return gatherGitHub({ ...credentials, interrupted }, repository, branch);
}

function subjectOf(site: Site, plans: readonly ServicePlan[], now: Date): Subject {
  return {
    service: plans[0]?.service ?? "",
    folder: site.service,
    installation: site.installation,
    plans,
    now: now.toISOString(),
  };
}

/** What is not as `generate` would write it. What a person has made their own is theirs. */
async function staleFiles(
  root: string,
  site: Site,
  manifest: Manifest,
  plans: readonly ServicePlan[],
) {
  const looked = generatedFiles(manifest, plans, site).map(async (generated) => {
    const file = path.join(root, generated.path);
    const current = fileExists(file) ? await readTextFile(file) : undefined;
    const { text, differences } = generated.render(current);
    return { path: generated.path, differences, isStale: text !== current };
  });
  return (await Promise.all(looked)).filter(({ isStale }) => isStale);
}
