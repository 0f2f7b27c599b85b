import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Job, jobIdentities, type Step, type Workflow } from "../../../src/pipeline/index.ts";
import { readCommandFile } from "./command-file.ts";
import { fillIn, isTrue, type Scope } from "./expression.ts";
import type { Artifact, JobResult, Run, StepResult } from "./run.ts";
import { runScript } from "./run-script.ts";

/** Runs the steps of one job, one after the other; after one that fails, those that run always. */
export async function runJob(
  run: Run,
  workflow: Workflow,
  job: Job,
  { scope, temporary, keep }: JobPlace,
): Promise<JobResult> {
  const folder = await mkdtemp(path.join(temporary, `${job.id}-`));
  const steps: StepResult[] = [];
  const done: Record<string, { outputs: Record<string, string> }> = {};
  const added: Record<string, string> = {};
  let summary = "";
  let status: JobResult["status"] = "success";
  for (const [position, step] of job.steps.entries()) {
    const at = path.join(folder, String(position));
    await mkdir(at);
    const own = scoped(scope, { steps: done, runner: { temp: folder } });
    if (step.if === undefined ? status === "failure" : !isTrue(step.if, own)) continue;
    const result = step.uses === undefined ? await script(step, at, own) : await action(step, own);
    summary += await read(at, "summary");
    Object.assign(added, readCommandFile(await read(at, "env")));
    if (step.id !== undefined)
      done[step.id] = { outputs: readCommandFile(await read(at, "output")) };
    steps.push({ title: step.title, ...result });
    if (result.status === "failure") status = "failure";
  }
  if (status === "failure") return { status, outputs: {}, steps, summary };
  const end = scoped(scope, { steps: done, runner: { temp: folder } });
  return { status, outputs: filled(job.outputs, end), steps, summary };

  async function script(step: Step, at: string, own: Scope): Promise<Omit<StepResult, "title">> {
    const commandFiles = {
      GITHUB_OUTPUT: "output",
      GITHUB_ENV: "env",
      GITHUB_STEP_SUMMARY: "summary",
    };
    for (const name of Object.values(commandFiles)) await writeFile(path.join(at, name), "");
    const folderOfScript = step.workingDirectory ?? job.workingDirectory ?? ".";
    const { code, log } = await runScript(fillIn(step.run ?? "", own), {
      folder: at,
      directory: path.join(run.directory, folderOfScript),
      variables: {
        PATH: [...run.programs, process.env.PATH].join(path.delimiter),
        HOME: folder,
        CI: "true",
        ...run.variables,
        GITHUB_ACTIONS: "true",
        GITHUB_REPOSITORY: run.repository.name,
        GITHUB_REF: run.event.ref,
        GITHUB_WORKSPACE: run.directory,
        RUNNER_TEMP: folder,
        ...Object.fromEntries(
          Object.entries(commandFiles).map(([name, file]) => [name, path.join(at, file)]),
        ),
        ...added,
        ...filled(job.env, own),
        ...filled(step.env, own),
      },
    });
    return { status: code === 0 ? "success" : "failure", log };
  }

  async function action(step: Step, own: Scope): Promise<Omit<StepResult, "title">> {
    const options = filled(step.with, own);
    const good = { status: "success", log: "" } as const;
    switch (step.uses?.name) {
      // The folder is as it is, and so are the machine's programs.
      case "actions/checkout":
      case "actions/setup-node":
      case "hashicorp/setup-terraform":
        return good;
      case "aws-actions/configure-aws-credentials":
        return takeOn(options);
      case "actions/upload-artifact":
        return upload(options);
      default:
        throw new Error(`the action ${step.uses?.name} is not known here`);
    }
  }

  /** Only a job with `id-token: write` gets a token, and only its claims say who it is. */
  function takeOn(options: Readonly<Record<string, string>>): Omit<StepResult, "title"> {
    const { permissions } = job;
    if (typeof permissions !== "object" || permissions["id-token"] !== "write") {
      return { status: "failure", log: "the job may ask for no token" };
    }
    const { name: event, ref } = run.event;
    const identity = jobIdentities([workflow], run.repository, { event, ref }).find(
      (one) => one.job === job.id && one.roleArn === options["role-to-assume"],
    );
    if (identity === undefined)
      throw new Error(`${job.id} asks for a role that is not stated in it`);
    const region = options["aws-region"] ?? "";
    const answer = run.onCredentials(identity, region);
    if ("refused" in answer) return { status: "failure", log: answer.refused };
    Object.assign(added, {
      AWS_ACCESS_KEY_ID: answer.accessKeyId,
      AWS_SECRET_ACCESS_KEY: answer.secretAccessKey,
      AWS_SESSION_TOKEN: answer.sessionToken,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    });
    return { status: "success", log: "" };
  }

  function upload(options: Readonly<Record<string, string>>): Omit<StepResult, "title"> {
    const { name = "", path: what = "", "retention-days": days } = options;
    const file = path.resolve(run.directory, what);
    if (!existsSync(file)) return { status: "failure", log: `there is no ${what}` };
    keep({ job: job.id, name, path: file, retentionDays: Number(days) });
    return { status: "success", log: "" };
  }
}

export interface JobPlace {
  readonly scope: Scope;
  /** For files that end with the run. */
  readonly temporary: string;
  keep(artifact: Artifact): void;
}

function scoped({ contexts, functions }: Scope, more: Readonly<Record<string, unknown>>): Scope {
  return { contexts: { ...contexts, ...more }, functions };
}

function filled(texts: Readonly<Record<string, string>>, scope: Scope): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, fillIn(text, scope)]),
  );
}

async function read(folder: string, name: string): Promise<string> {
  const file = path.join(folder, name);
  return existsSync(file) ? readFile(file, "utf8") : "";
}
