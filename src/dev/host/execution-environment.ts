import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { handlerExport } from "../../names.ts";
import type { FunctionPlan } from "../../plan/index.ts";
import { newInvocationContext, newLogStreamName } from "./context.ts";
import { functionError } from "./function-error.ts";
import type {
  EnvironmentData,
  FromEnvironment,
  FunctionError,
  Invocation,
  InvocationResult,
} from "./messages.ts";

/** The modules that make an environment: the function's own, and the one that runs it. */
export interface Code {
  readonly functionModule: string;
  readonly environmentModule: string;
}

export interface EnvironmentOptions {
  readonly lambda: FunctionPlan;
  readonly code: Code;
  readonly variables: Readonly<Record<string, string>>;
  /** Gets each line that the function writes. */
  readonly onOutput: (line: string) => void;
  /** Called once, when nothing more can be asked of this environment. */
  readonly onEnd: () => void;
}

/** Lambda's own. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const initSeconds = 10;

/**
 * One execution environment: a thread of its own, with its own globals and environment variables,
 * that serves one invocation at a time. Whatever the function does, the thread ends and the tool
 * does not.
 */
export class ExecutionEnvironment {
  readonly code: Code;
  readonly #options: EnvironmentOptions;
  readonly #worker: Worker;
  readonly #logStreamName = newLogStreamName();
  /** Rejects with a {@link FunctionError} where the init phase failed. */
  readonly #ready: Promise<void>;
  #waiting: ((result: InvocationResult) => void) | undefined;
  #ending = false;

  constructor(options: EnvironmentOptions) {
    this.code = options.code;
    this.#options = options;
    const data: EnvironmentData = {
      module: pathToFileURL(options.code.functionModule).href,
      handler: handlerExport,
    };
    this.#worker = new Worker(options.code.environmentModule, {
      workerData: data,
      env: { ...options.variables, AWS_LAMBDA_LOG_STREAM_NAME: this.#logStreamName },
      stdout: true,
      stderr: true,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: options.lambda.memoryMb },
    });
    forwardLines(this.#worker.stdout, options.onOutput);
    forwardLines(this.#worker.stderr, options.onOutput);
    this.#ready = this.#whenReady();
    // A failed init is told to whoever invokes; that nobody has asked yet is no error of ours.
    this.#ready.catch(() => {});
  }

  /** False once it has ended, or is about to. */
  get usable(): boolean {
    return !this.#ending;
  }

  /** Never rejects: what goes wrong is a result, as it is in Lambda. */
  async invoke(payload: string): Promise<InvocationResult> {
    try {
      await this.#ready;
    } catch (error) {
      return { ok: false, error: error as FunctionError };
    }
    const { lambda } = this.#options;
    const context = newInvocationContext(lambda, this.#logStreamName);
    return new Promise((resolve) => {
      const deadline = setTimeout(() => {
        this.#settle({
          ok: false,
          error: {
            errorType: "Sandbox.Timedout",
            errorMessage: `RequestId: ${context.awsRequestId} Error: Task timed out after ${lambda.timeoutSeconds.toFixed(2)} seconds`,
          },
        });
        void this.stop();
      }, lambda.timeoutSeconds * 1000);
      this.#waiting = (result) => {
        clearTimeout(deadline);
        resolve(result);
      };
      const invocation: Invocation = { payload, context };
      this.#worker.postMessage(invocation);
    });
  }

  async stop(): Promise<void> {
    this.#ending = true;
    await this.#worker.terminate();
  }

  #whenReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      let failure: FunctionError | undefined;
      const limit = setTimeout(() => {
        const errorMessage = `Error: init timed out after ${initSeconds.toFixed(2)} seconds`;
        reject({ errorType: "Sandbox.Timedout", errorMessage } satisfies FunctionError);
        void this.stop();
      }, initSeconds * 1000);
      this.#worker.on("message", (message: FromEnvironment) => {
        clearTimeout(limit);
        if (message.type === "ready") resolve();
        else if (message.type === "init-failed") {
          reject(message.error);
          void this.stop();
        } else if (message.type === "answer") this.#settle({ ok: true, payload: message.payload });
        else this.#settle({ ok: false, error: message.error });
      });
      this.#worker.once("error", (error) => {
        failure = functionError(error);
        this.#options.onOutput(failure.trace?.join("\n") || failure.errorMessage);
      });
      this.#worker.once("exit", (code) => {
        this.#ending = true;
        clearTimeout(limit);
        const error = {
          errorType: "Runtime.ExitError",
          errorMessage: `Error: Runtime exited with error: exit status ${code}`,
        };
        reject(failure ?? error);
        this.#settle({ ok: false, error });
        this.#options.onEnd();
      });
    });
  }

  #settle(result: InvocationResult): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(result);
  }
}

function forwardLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}
