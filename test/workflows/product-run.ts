import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { JobIdentity } from "../../src/pipeline/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { productWorkflow } from "./product-workflows.ts";
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
} as const satisfies Record<string, Event>;

export interface Situation extends Partial<Pick<Run, "inputs" | "settings" | "onGate" | "text">> {
  readonly event?: Partial<Event>;
  readonly answers?: Answers;
  /** Whether what a pull request is merged into has the service. @default true */
  readonly isKnown?: boolean;
  /** @default every role is given to whoever asks */
  refuse?(identity: JobIdentity): boolean;
}

/** Runs one of the Product service's workflows, with programs that only write down how they were called. */
export async function runProduct(name: keyof typeof events, situation: Situation = {}) {
  const { answers = {}, isKnown = true, refuse, event, ...given } = situation;
  const directory = await temporaryFolder();
  await mkdir(path.join(directory, "services/product/.lambdakit/artifacts"), { recursive: true });
  await writeFile(path.join(directory, "services/product/.lambdakit/artifacts/list.zip"), "zip");
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
    repository: { name: "acme/shop" },
    directory,
    programs: [programs.folder],
    onCredentials(identity) {
      asked.push(identity);
      if (refuse?.(identity)) return { refused: "not authorised" };
      const role = identity.roleArn.slice(identity.roleArn.lastIndexOf("/") + 1);
      return { accessKeyId: role, secretAccessKey: "secret", sessionToken: "session" };
    },
    ...given,
  };
  const result = await runWorkflow(run, await temporaryFolder());
  return { ...result, asked, calls: await programs.calls() };
}
