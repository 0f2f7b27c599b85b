import type { FunctionPlan } from "../../plan/index.ts";
import type { FunctionError } from "./invocation.ts";

/**
 * One running copy of a function's code, however it is kept apart from the others: a thread or a
 * process. It loads the handler once and answers one invocation at a time. Limits of time, second
 * tries, log lines of the platform and reports are its supervisor's.
 */
export interface Environment {
  /** The name of its log stream. */
  readonly name: string;
  readonly code: Code;
  /** False once it has ended, or is about to. */
  readonly usable: boolean;
  /** The end of the init phase. Never rejects. */
  readonly ready: Promise<Init>;
  /** Only after `ready`, and only when the one before has answered. Never rejects. */
  invoke(invocation: Invocation): Promise<Outcome>;
  /** Ends it at once, whatever it does. What it owes an answer for comes to `Runtime.ExitError`. */
  stop(): Promise<void>;
}

export interface StartEnvironment {
  (options: EnvironmentOptions): Environment;
  /** Starts one whose code comes later; absent where environments are not prepared. */
  readonly prepare?: (options: SpareOptions) => Spare;
}

/** An environment that has everything but the function's own code. It is asked for nothing yet. */
export interface Spare {
  /** True once it has loaded the packages and stands still, until it is given code. */
  readonly waiting: boolean;
  /** Only while it waits. Its init phase begins now. */
  give(options: Pick<EnvironmentOptions, "code" | "onLine" | "onEnd">): Environment;
  stop(): Promise<void>;
}

export interface SpareOptions extends EnvironmentOptions {
  /** URLs of the modules that the code will import from its packages. */
  readonly imports: readonly string[];
}

/** A new object is new code: environments of the old one are not asked any more. */
export interface Code {
  /** The folder that stands for `/var/task`. */
  readonly taskRoot: string;
  /** Lambda's handler string: `path/to/module.function`, seen from the task root. */
  readonly handler: string;
  /** The handler's file, where its name is not the one that the handler string says. */
  readonly module?: string;
  /** The folder of the packages that the code imports, where that is not below the task root. */
  readonly packages?: string;
  /** The bundled module that runs inside the environment: `environment-thread.ts`, or a process' bootstrap. */
  readonly environmentModule: string;
}

export interface EnvironmentOptions {
  readonly name: string;
  readonly lambda: FunctionPlan;
  readonly code: Code;
  /** All that it finds in `process.env`, but for the trace of each invocation. */
  readonly variables: Readonly<Record<string, string>>;
  /** An existing folder that it sees as `/tmp`. It is made and deleted by the supervisor. */
  readonly temporaryDirectory: string;
  /** Whether it stands still between invocations, as in Lambda. A debugger needs it to run on. */
  readonly freeze: boolean;
  /** Gets each line that the function writes, without its end. Lines before an answer come before it. */
  readonly onLine: (line: string) => void;
  /** Called once, when it has ended, for whatever reason. `usable` is false by then. */
  readonly onEnd: () => void;
}

/** One request, with what the function's context says of it. */
export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  /** Epoch milliseconds: what `getRemainingTimeInMillis` counts down to. */
  readonly deadline: number;
  readonly functionArn: string;
  readonly traceId: string;
  readonly clientContext?: unknown;
}

/** How the init phase went. After a failure the environment is of no more use. */
export type Init =
  | { readonly ok: true; readonly milliseconds: number }
  | { readonly ok: false; readonly milliseconds: number; readonly error: FunctionError };

/** What the function made of an invocation. An environment that ended instead is a `Runtime.ExitError`. */
export type Outcome = (
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionError }
) & {
  /** The most that it has used so far; absent where it has ended and nobody can know. */
  readonly memoryUsedMb?: number;
};
