import type { EnvironmentName } from "../plan/index.ts";

/** What a stage of a rehearsal does, one after the other. */
export type Act = CommandAct | ServeAct | ReleaseAct;

/** A command line of this toolkit, as somebody would type it. */
export interface CommandAct {
  readonly kind: "command";
  /** In whose account it runs. */
  readonly environment: EnvironmentName;
  /** Without `lambdakit`; `--json` is added where it runs. */
  readonly args: readonly string[];
  /** What it ends with, if all is well. */
  readonly exitCode: number;
  /** What it gets on stdin. @default nothing */
  readonly input?: string;
  /** Whether callers ask the API meanwhile, from the moment on when traffic is moved. @default false */
  readonly called?: boolean;
  /** Whether it is about what this machine serves, which believes in tokens of its own. @default false */
  readonly isLocal?: boolean;
  /** Whether it asks for percentiles, which the emulator does not have. @default false */
  readonly asksForPercentiles?: boolean;
  /** Looks at what it has said. */
  readonly look: Look;
}

/** Reads what is deployed back from the emulator, and serves it for as long as the rehearsal runs. */
export interface ServeAct {
  readonly kind: "serve";
  readonly environment: EnvironmentName;
}

/** What the source of the service is from here on. */
export interface ReleaseAct {
  readonly kind: "release";
  readonly release: ReleaseName;
}

/**
 * `first`: as it was found. `second`: does the same, and has other bytes. `bad`: throws at each request in the last
 * environment, and there alone, so that it comes through all others.
 */
export type ReleaseName = "first" | "second" | "bad";

/** What a command says with `--json`, as far as it is looked at. */
export interface Told {
  readonly release?: string | null;
  readonly outcome?: string;
  readonly passed?: boolean;
  readonly changes?: readonly unknown[];
  readonly checks?: readonly { readonly passed: boolean }[];
  readonly findings?: readonly { readonly id: string }[];
  readonly unchecked?: readonly { readonly what: string; readonly why: string }[];
  readonly checked?: readonly string[];
  readonly functions?: readonly { readonly zippedBytes: number }[];
  readonly steps?: readonly RunStep[];
  readonly reports?: readonly Drilled[];
  readonly error?: { readonly code: string; readonly message: string; readonly fix: string };
}

/** A step of a runbook that was gone through. */
export interface RunStep {
  readonly id?: string;
  readonly said?: string;
  readonly complained?: string;
}

/** What a drill has shown. */
export interface Drilled {
  readonly recovered?: boolean;
  readonly why?: string | null;
  readonly rpo?: DrillFigure;
  readonly rto?: DrillFigure;
}

export interface DrillFigure {
  readonly seconds: number | null;
  readonly met: boolean;
  readonly kind: string;
}

/** What callers have met while a command ran. */
export interface Calls {
  readonly total: number;
  /** Answered with 5xx, or not at all. */
  readonly failed: number;
  /** By the version that answered. */
  readonly byVersion: Readonly<Record<string, number>>;
}

export interface Heard {
  readonly told: Told;
  readonly calls: Calls | null;
  /** Of each command before, what it has told. */
  readonly earlier: readonly Told[];
}

/** What is to be seen in an answer; or what is wrong with it, though the exit code is right. */
export type Seen = { readonly says: string } | { readonly wrong: string };

export type Look = (heard: Heard) => Seen;
