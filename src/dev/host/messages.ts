/** What the main thread and an execution environment's thread say to each other. */

/** Given to a thread when it starts. */
export interface EnvironmentData {
  /** The file URL of the bundled module. */
  readonly module: string;
  /** The name of the export that Lambda calls. */
  readonly handler: string;
}

export interface Invocation {
  /** JSON, as it would be sent to Lambda. */
  readonly payload: string;
  readonly context: InvocationContext;
}

/** The parts of Lambda's context object that are plain data. */
export interface InvocationContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryLimitInMB: string;
  readonly invokedFunctionArn: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
}

/** As Lambda shapes a failure. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type FromEnvironment =
  | { readonly type: "ready" }
  | { readonly type: "init-failed"; readonly error: FunctionError }
  | { readonly type: "answer"; readonly payload: string }
  | { readonly type: "failed"; readonly error: FunctionError };

/** What an invocation came to. */
export type InvocationResult =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionError };
