/** A workflow as it lies on disk, whoever wrote it: what checks and identities ask it. */
export interface Workflow {
  /** From the root of the repository. */
  readonly file: string;
  readonly name: string;
  readonly triggers: ReadonlyMap<string, unknown>;
  readonly permissions: Permissions;
  readonly concurrency: unknown;
  readonly shell: string | undefined;
  /** Every text that is in it, keys too: for what must not be anywhere. */
  readonly spans: readonly Span[];
  readonly jobs: readonly Job[];
  /** The line of a top-level key, or 1 where there is none. */
  line(key: string): number;
}

export interface Span {
  readonly text: string;
  readonly line: number;
}

export interface Job {
  readonly id: string;
  readonly line: number;
  readonly needs: readonly string[];
  readonly if: string | undefined;
  readonly environment: string | undefined;
  readonly permissions: Permissions;
  readonly timeoutMinutes: unknown;
  readonly continueOnError: boolean;
  readonly outputs: Texts;
  readonly env: Texts;
  readonly shell: string | undefined;
  readonly workingDirectory: string | undefined;
  /** Another workflow that it calls instead of having steps. */
  readonly calls: string | undefined;
  /** The image that its steps run in, where it is not GitHub's machine. */
  readonly container: string | undefined;
  readonly steps: readonly Step[];
}

export interface Step {
  /** What it is called: its name, its id, its action, or its position. */
  readonly title: string;
  readonly line: number;
  readonly id: string | undefined;
  readonly if: string | undefined;
  readonly continueOnError: boolean;
  readonly uses: UsedAction | undefined;
  readonly with: Texts;
  readonly env: Texts;
  readonly shell: string | undefined;
  readonly workingDirectory: string | undefined;
  readonly run: string | undefined;
}

/** `actions/checkout@3d3c… # v7.0.1` */
export interface UsedAction {
  readonly name: string;
  readonly ref: string;
  /** Behind the `#`. */
  readonly comment: string | undefined;
}

export type Texts = Readonly<Record<string, string>>;

/** Undefined where nothing is said; a text such as `write-all` where all is said at once. */
export type Permissions = Texts | string | undefined;
