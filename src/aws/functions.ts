import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

/** A version of a function, as Lambda describes it. */
export interface FunctionState {
  readonly version: string;
  /** Of its zip, in hexadecimal digits. */
  readonly sha256: string;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** The names of its environment variables: what they say may be nobody's business. */
  readonly variables: readonly string[];
}

export interface InvokeRequest {
  readonly functionName: string;
  /** An alias or a version. @default `$LATEST` */
  readonly qualifier?: string;
  /** `Event` answers as soon as Lambda has it; `DryRun` looks whether it might be invoked. */
  readonly type: "RequestResponse" | "Event" | "DryRun";
  /** JSON. */
  readonly payload: string;
  /** What a synchronous invocation finds in `context.clientContext`, beside the event. */
  readonly clientContext?: object;
}

export interface InvokeAnswer {
  /** 200, 202 for an event, 204 for a dry run. */
  readonly status: number;
  readonly payload: string;
  /** `Unhandled` where the function failed; what it failed with is the payload. */
  readonly functionError: string | null;
  /** The last 4 KB of what it has logged; null where Lambda gives none. */
  readonly log: string | null;
  readonly version: string | null;
  readonly requestId: string | null;
}

/** Functions of Lambda. Every call throws what `awsError` says. */
export class Functions {
  readonly #call: Call<typeof import("@aws-sdk/client-lambda"), LambdaClient>;
  readonly #once: Call<typeof import("@aws-sdk/client-lambda"), LambdaClient>;

  constructor(region: string, access: Access = {}) {
    const load = () => import("@aws-sdk/client-lambda");
    this.#call = serviceCalls(load, (sdk) => new sdk.LambdaClient({ region, ...access }));
    // What the SDK tries again after a broken connection may have been done: that is for people to decide.
    const maxAttempts = 1;
    this.#once = serviceCalls(
      load,
      (sdk) => new sdk.LambdaClient({ region, maxAttempts, ...access }),
    );
  }

  /**
   * What a version, or the version that an alias leads to, is. With a canary that is the version which gets
   * the other share.
   *
   * @returns nothing where there is no such function, version or alias
   */
  async read(functionName: string, qualifier: string): Promise<FunctionState | undefined> {
    return this.#call(`look what ${functionName}:${qualifier} is`, (client, lambda) =>
      unlessMissing(async () => {
        const found = await client.send(
          new lambda.GetFunctionConfigurationCommand({
            FunctionName: functionName,
            Qualifier: qualifier,
          }),
        );
        return {
          version: found.Version ?? "",
          sha256: Buffer.from(found.CodeSha256 ?? "", "base64").toString("hex"),
          runtime: found.Runtime ?? "",
          memoryMb: found.MemorySize ?? 0,
          timeoutSeconds: found.Timeout ?? 0,
          variables: Object.keys(found.Environment?.Variables ?? {}).sort(),
        };
      }),
    );
  }

  /**
   * Invokes a function, once. That it failed is part of the answer.
   *
   * @returns nothing where there is no such function, version or alias
   * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (2026-11-27)
   */
  async invoke({
    functionName,
    qualifier,
    type,
    payload,
    clientContext,
  }: InvokeRequest): Promise<InvokeAnswer | undefined> {
    const called = qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
    return this.#once(`invoke ${called}`, (client, lambda) =>
      unlessMissing(async () => {
        const answer = await client.send(
          new lambda.InvokeCommand({
            FunctionName: functionName,
            ...(qualifier !== undefined && { Qualifier: qualifier }),
            InvocationType: type,
            // Lambda gives no log for what it does later, or not at all.
            ...(type === "RequestResponse" && { LogType: "Tail" }),
            ...(clientContext !== undefined && {
              ClientContext: Buffer.from(JSON.stringify(clientContext)).toString("base64"),
            }),
            Payload: Buffer.from(payload),
          }),
        );
        const { StatusCode, Payload, FunctionError, LogResult, ExecutedVersion } = answer;
        return {
          status: StatusCode ?? 0,
          payload: Buffer.from(Payload ?? []).toString(),
          functionError: FunctionError ?? null,
          log: LogResult === undefined ? null : Buffer.from(LogResult, "base64").toString(),
          version: ExecutedVersion ?? null,
          requestId: answer.$metadata.requestId ?? null,
        };
      }),
    );
  }
}
