import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { evaluateTrust } from "../../src/evaluate/index.ts";
import type { JobIdentity } from "../../src/pipeline/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { derivedRoles } from "../trust/derived-roles.ts";
import { job } from "../trust/identities.ts";
import { productPlans, productWorkflow } from "./product-workflows.ts";
import { type Answers, recordingPrograms } from "./recording-programs.ts";
import type { Event, Run } from "./runner/run.ts";
import { runWorkflow } from "./runner/run-workflow.ts";

const events = {
  "pull-request": {
    name: "pull_request",
    ref: "refs/pull/7/merge",
    payload: { pull_request: { number: 7, head: { repo: { full_name: "acme/shop" } } } },
  },
  "deploy-dev": { name: "push", ref: "refs/heads/main" },
  "deploy-sit": { name: "workflow_dispatch", ref: "refs/heads/main" },
  "deploy-prod": { name: "workflow_dispatch", ref: "refs/heads/main" },
  rehearse: { name: "schedule", ref: "refs/heads/main" },
} as const satisfies Record<string, Event>;

/** Where the service is in these runs, so that its roles trust this repository. */
const repository = "acme/shop";
const roles = productPlans.flatMap((plan) =>
  derivedRoles({ ...plan, deployment: { ...plan.deployment, repository } }),
);

export interface Situation
  extends Partial<Pick<Run, "inputs" | "settings" | "onGate" | "text" | "repository">> {
  readonly event?: Partial<Event>;
  readonly answers?: Answers;
  /** Whether what a pull request is merged into has the service. @default true */
  readonly isKnown?: boolean;
}

/** Runs one of the Product service's workflows, with programs that only write down how they were called. */
export async function runProduct(name: keyof typeof events, situation: Situation = {}) {
  const { answers = {}, isKnown = true, event, ...given } = situation;
  const directory = await temporaryFolder();
  await mkdir(path.join(directory, "services/product/.lambdakit/artifacts"), { recursive: true });
  await writeFile(path.join(directory, "services/product/.lambdakit/artifacts/list.zip"), "zip");
  await mkdir(path.join(directory, "services/product/.lambdakit/rehearsal"));
  await writeFile(
    path.join(directory, "services/product/.lambdakit/rehearsal/report.md"),
    "# It\n",
  );
  if (isKnown) {
    await mkdir(path.join(directory, ".base/services/product"), { recursive: true });
    await writeFile(path.join(directory, ".base/services/product/service.ts"), "");
  }
  const programs = await recordingPrograms(directory, answers);
  const asked: JobIdentity[] = [];
  const run: Run = {
    path: `.github/workflows/product-${name}.yml`,
    text: productWorkflow(name),
    event: { ...events[name], ...event },
    repository: { name: repository },
    directory,
    programs: [programs.folder],
    onCredentials(identity) {
      asked.push(identity);
      if (!isTrusted(identity)) return { refused: "not authorised" };
      const role = identity.roleArn.slice(identity.roleArn.lastIndexOf("/") + 1);
      return { accessKeyId: role, secretAccessKey: "secret", sessionToken: "session" };
    },
    ...given,
  };
  const result = await runWorkflow(run, await temporaryFolder());
  return { ...result, asked, calls: await programs.calls() };
}

/** What the role's own trust policy says. */
function isTrusted({ roleArn, subject, audience, claims }: JobIdentity): boolean {
  const role = roles.find(
    ({ name, accountId }) => roleArn === `arn:aws:iam::${accountId}:role/${name}`,
  );
  if (role === undefined) return false;
  const caller = job(subject, subject, { audience, claims }).in(role.accountId);
  return evaluateTrust(role.trust, caller).effect === "allowed";
}
