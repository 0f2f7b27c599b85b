import type { JobIdentity, Repository } from "../../../src/pipeline/index.ts";

/** How a workflow is run here. */
export interface Run {
  /** Its path from the root of the repository: it is part of what GitHub says in a token. */
  readonly path: string;
  readonly text: string;
  readonly event: Event;
  /** What was typed into the form; with `workflow_dispatch` only. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly repository: Repository;
  /** The root of a checked-out repository. Nothing is checked out: it is as it is. */
  readonly directory: string;
  /** Folders of programs that are found before the machine's own, such as `npx`, `npm` and `gh`. */
  readonly programs: readonly string[];
  /** Variables of the runner's machine, beside those of GitHub. */
  readonly variables?: Readonly<Record<string, string>>;
  /** The repository's settings, `vars`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Asked before a job in an environment begins. @default whoever is asked agrees */
  onGate?(environment: string, job: string): boolean;
  /** Stands for AWS: credentials for who asks, or a reason why not. */
  onCredentials(identity: JobIdentity, region: string): Credentials | { readonly refused: string };
}

export interface Event {
  readonly name: "pull_request" | "push" | "schedule" | "workflow_dispatch";
  readonly ref: string;
  readonly actor?: string;
  /** `github.event` */
  readonly payload?: Readonly<Record<string, unknown>>;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface RunResult {
  readonly jobs: Readonly<Record<string, JobResult>>;
  readonly artifacts: readonly Artifact[];
}

export interface JobResult {
  readonly status: "success" | "failure" | "skipped";
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepResult[];
  /** What the job wrote for people, as Markdown. */
  readonly summary: string;
}

export interface StepResult {
  readonly title: string;
  readonly status: "success" | "failure";
  /** What a script wrote, on both of its outputs. */
  readonly log: string;
}

export interface Artifact {
  readonly job: string;
  readonly name: string;
  readonly path: string;
  readonly retentionDays: number;
}
