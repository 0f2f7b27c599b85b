import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { FunctionPlan } from "../../plan/index.ts";
import { Deadlines } from "../deadlines.ts";
import { makeTemporaryFolder } from "../temporary-folders.ts";
import { newLogStreamName } from "./context.ts";
import {
  type Ending,
  messageOf,
  statusOf,
  timeoutEnding,
  withinSize,
  withRequestId,
} from "./ending.ts";
import type { Code, Environment, Init, StartEnvironment } from "./environment.ts";
import { EnvironmentLog } from "./environment-log.ts";
import { variablesWithin } from "./environment-variables.ts";
import { exitError } from "./exit-error.ts";
import type { HostEvent } from "./host-event.ts";
import type { InvocationRequest, InvocationResult } from "./invocation.ts";
import * as platform from "./platform-lines.ts";
import { hasFailed } from "./refused-token.ts";
import type { SpareEnvironment } from "./spare-environment.ts";
import { limitTime, noTimeLimit, type TimeLimit } from "./time-limit.ts";
import { newTraceId } from "./trace-id.ts";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html (2026-11-22) */
const initMilliseconds = 10_000;

export interface SupervisedOptions {
  readonly lambda: FunctionPlan;
  readonly code: Code;
  readonly variables: Readonly<Record<string, string>>;
  readonly start: StartEnvironment;
  /** One that fits, to begin with. It belongs to this one from now on. */
  readonly spare?: SpareEnvironment | undefined;
  /** For a debugger: nothing stands still, and no time runs out. */
  readonly debugging: boolean;
  readonly onEvent: (event: HostEvent) => void;
  /** Called once, when nothing more can be asked of it. */
  readonly onEnd: () => void;
}

type FirstInit = Init & { readonly timedOut: boolean };

/**
 * What Lambda does around one execution environment: limits of time, the second try of a
 * failed init phase, a folder for `/tmp`, the platform's log lines, the report of each invocation.
 */
export class SupervisedEnvironment {
  readonly name: string;
  readonly #options: SupervisedOptions;
  readonly #log: EnvironmentLog;
  readonly #deadlines = new Deadlines();
  readonly #temporaryDirectory: string;
  readonly #init: Promise<FirstInit>;
  #environment: Environment;
  /** How the init phase went, once it is over. */
  #initialised: FirstInit | undefined;
  /** Whether it may be started anew: a failed init phase is tried again by the first invocation. */
  #mayRetry = true;
  #maxMemoryUsedMb = 0;
  #stopped: Promise<void> | undefined;

  constructor(options: SupervisedOptions) {
    const { spare } = options;
    this.#options = options;
    this.name = spare?.name ?? newLogStreamName();
    this.#temporaryDirectory = spare?.temporaryDirectory ?? makeTemporaryFolder();
    this.#log = new EnvironmentLog(options.lambda.key, options.onEvent);
    this.#tell("environment-started");
    this.#log.platform(platform.initStartLine(options.lambda.runtime));
    try {
      this.#environment = this.#start(
        spare === undefined ? options.start : (given) => spare.start(given),
      );
    } catch (error) {
      rmSync(this.#temporaryDirectory, { recursive: true });
      throw error;
    }
    this.#init = this.#firstInit();
  }

  get code(): Code {
    return this.#options.code;
  }

  get usable(): boolean {
    return this.#stopped === undefined && (this.#environment.usable || this.#mayRetry);
  }

  /** Never rejects: what goes wrong is a result, as it is in Lambda. */
  async invoke(request: InvocationRequest): Promise<InvocationResult> {
    const isCold = this.#initialised === undefined;
    const init = this.#initialised ?? (await this.#init);
    const requestId = randomUUID();
    this.#log.begin(requestId);
    const startedAt = performance.now();
    const ending = withinSize(await this.#run(request, requestId, init));
    const duration = performance.now() - startedAt;
    return this.#report(requestId, ending, duration, isCold && init.ok ? init : undefined);
  }

  /** Ends it, whatever it does, and takes its folder away. */
  stop(): Promise<void> {
    this.#stopped ??= this.#environment.stop().then(async () => {
      await rm(this.#temporaryDirectory, { recursive: true, force: true });
      this.#tell("environment-ended");
      this.#options.onEnd();
    });
    return this.#stopped;
  }

  #start(start: StartEnvironment): Environment {
    const { lambda, code, variables, debugging } = this.#options;
    const name = this.name;
    const temporaryDirectory = this.#temporaryDirectory;
    return start({
      name,
      lambda,
      code,
      variables: variablesWithin(variables, { name, temporaryDirectory }),
      temporaryDirectory,
      freeze: !debugging,
      onLine: (line) => this.#log.output(line),
      onEnd: () => {
        // Where an invocation is under way, its report comes first.
        if (this.#log.requestId === undefined && !this.usable) void this.stop();
      },
    });
  }

  async #firstInit(): Promise<FirstInit> {
    const limit = this.#limit(initMilliseconds);
    const init = await this.#environment.ready;
    const timedOut = limit.end();
    this.#initialised = { ...init, timedOut };
    this.#mayRetry = !init.ok;
    if (!init.ok) {
      const status = statusOf(init.error, timedOut);
      this.#log.platform(platform.initReportLine(init.milliseconds, "init", status));
    }
    return this.#initialised;
  }

  async #run(request: InvocationRequest, requestId: string, init: Init): Promise<Ending> {
    const { lambda } = this.#options;
    const deadline = Date.now() + lambda.timeoutSeconds * 1000;
    if (!init.ok) {
      const failed = await this.#retryInit(requestId, deadline);
      if (failed !== undefined) return failed;
    }
    const environment = this.#environment;
    const limit = this.#limit(deadline - Date.now());
    const outcome = await environment.invoke({
      requestId,
      payload: request.payload,
      deadline,
      functionArn: lambda.arn,
      traceId: request.traceId ?? newTraceId(),
      clientContext: request.clientContext,
    });
    const timedOut = limit.end();
    if (outcome.ok) return outcome;
    if (timedOut) return this.#timeout(requestId);
    if (environment.usable) return outcome;
    return { ...outcome, status: statusOf(outcome.error) };
  }

  /**
   * The init phase again, now with the time that the function has.
   * @returns undefined where that went well
   * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib
   */
  async #retryInit(requestId: string, deadline: number): Promise<Ending | undefined> {
    if (!this.#mayRetry) return undefined;
    this.#mayRetry = false;
    await this.#environment.stop();
    if (this.#stopped !== undefined) {
      return { ok: false, error: exitError({ signal: "killed" }, requestId) };
    }
    this.#environment = this.#start(this.#options.start);
    const limit = this.#limit(deadline - Date.now());
    const init = await this.#environment.ready;
    const timedOut = limit.end();
    if (init.ok) return undefined;
    const status = statusOf(init.error, timedOut);
    this.#log.platform(platform.initReportLine(init.milliseconds, "invoke", status));
    if (timedOut) return this.#timeout(requestId);
    return { ok: false, error: withRequestId(init.error, requestId), status };
  }

  #limit(milliseconds: number): TimeLimit {
    return this.#options.debugging
      ? noTimeLimit
      : limitTime(this.#deadlines, this.#environment, milliseconds);
  }

  #timeout(requestId: string): Ending {
    const { timeoutSeconds } = this.#options.lambda;
    this.#log.platform(platform.timeoutLine(requestId, new Date(), timeoutSeconds));
    return timeoutEnding(requestId, timeoutSeconds);
  }

  #report(
    requestId: string,
    ending: Ending,
    durationMilliseconds: number,
    init: Init | undefined,
  ): InvocationResult {
    const { lambda, onEvent } = this.#options;
    this.#maxMemoryUsedMb = Math.max(this.#maxMemoryUsedMb, ending.memoryUsedMb ?? 0);
    const facts = {
      requestId,
      environment: this.name,
      ...(init !== undefined && { initMilliseconds: init.milliseconds }),
      durationMilliseconds,
      // The init phase is billed too, since August 2025.
      // @see https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
      billedMilliseconds: Math.ceil(durationMilliseconds + (init?.milliseconds ?? 0)),
      memoryMb: lambda.memoryMb,
      maxMemoryUsedMb: Math.ceil(this.#maxMemoryUsedMb),
    };
    const status = ending.ok ? undefined : ending.status;
    const report = { ...facts, log: this.#log.end(facts, status) };
    if (!this.usable) void this.stop();
    const common = { function: lambda.key };
    const failed = !ending.ok && hasFailed(lambda.key, ending.error);
    onEvent({ type: "invoked", ...common, ok: !failed, report });
    if (ending.ok) return { ok: true, payload: ending.payload, report };
    if (failed) {
      onEvent({ type: "failed", ...common, message: messageOf(ending.error), requestId });
    }
    return { ok: false, reason: "function", error: ending.error, report };
  }

  #tell(type: "environment-started" | "environment-ended"): void {
    const { lambda, onEvent } = this.#options;
    onEvent({ type, function: lambda.key, environment: this.name });
  }
}
