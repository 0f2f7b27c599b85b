import { createServer, type IncomingMessage } from "node:http";
import type { FunctionPlan, ServicePlan } from "../../plan/index.ts";
import { listen } from "../gateway/listen.ts";
import {
  AccessGate,
  accessKeyOf,
  type Callers,
  type JudgeOf,
  readBody,
} from "../table-endpoint/index.ts";
import { type Answer, failure, headers, SecretApiError } from "./answers.ts";
import { readCall, type SecretRead } from "./operations.ts";
import type { SecretEvent } from "./secret-event.ts";

export interface SecretEndpointOptions {
  /** The plan as it is now: it is asked for at each call. */
  readonly plan: () => ServicePlan;
  /** The values as they are now, by the keys of the manifest. */
  readonly values: () => Promise<Readonly<Record<string, string>>>;
  /** Whether the functions' own policies decide what they may read. */
  readonly policy: boolean;
  /** What decides about a function's calls. @default the policy that its plan gives its role */
  readonly judgeOf?: JudgeOf | undefined;
  /** The functions, as the tables know them, too. */
  readonly callers: Pick<Callers, "find">;
  readonly onEvent: (event: SecretEvent) => void;
}

export interface SecretEndpoint {
  /** Such as `http://127.0.0.1:49154`, for Parameter Store and Secrets Manager alike. */
  readonly url: string;
  /** Tells which secrets somebody reads that have no value. */
  tellMissing(): Promise<void>;
  close(): Promise<void>;
}

/** The stores of secrets as the functions see them: whoever reads one has to be allowed to. */
export async function startSecretEndpoint(options: SecretEndpointOptions): Promise<SecretEndpoint> {
  const gate = new AccessGate(options.judgeOf);
  const server = createServer((incoming, response) => {
    response.on("error", () => {});
    void answer(incoming, options, gate).then(({ status, body }) => {
      response.writeHead(status, headers()).end(JSON.stringify(body));
    });
  });
  // A function that is frozen comes back to its sockets after any time.
  server.keepAliveTimeout = 0;
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  const listening = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${listening.port}`,
    async tellMissing() {
      const values = await options.values();
      for (const { key, readers } of options.plan().secrets) {
        if (readers.length > 0 && !values[key]) options.onEvent(missing(key, null));
      }
    },
    close: () => listening.close(),
  };
}

/** Never rejects: what goes wrong is an answer as well. */
async function answer(
  incoming: IncomingMessage,
  options: SecretEndpointOptions,
  gate: AccessGate,
): Promise<Answer> {
  try {
    const body = await readBody(incoming);
    const input = objectIn(typeof body === "string" ? "" : body.toString());
    return { status: 200, body: await readSecret(incoming, input, options, gate) };
  } catch (error) {
    if (error instanceof SecretApiError) return failure(error);
    options.onEvent({ type: "call-failed", error });
    return failure(new SecretApiError("InternalServerError", "", 500));
  }
}

/** @throws {SecretApiError} in AWS's order: operation, caller, permission, and only then whether it is there */
async function readSecret(
  { headers: { authorization = "", "x-amz-target": target = "" } }: IncomingMessage,
  input: Readonly<Record<string, unknown>>,
  { plan: planNow, values, policy, callers, onEvent }: SecretEndpointOptions,
  gate: AccessGate,
): Promise<unknown> {
  const plan = planNow();
  const call = readCall(String(target), input, plan);
  const caller = callers.find(accessKeyOf(authorization));
  const lambda = plan.functions.find(
    ({ key }) => caller?.kind === "function" && key === caller.key,
  );
  if (lambda === undefined && caller?.kind !== "owner") {
    throw new SecretApiError(
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    );
  }
  if (policy && lambda !== undefined) {
    const denied = gate.refusal(plan, lambda, call.requests);
    if (denied !== undefined) {
      onEvent({ type: "access-denied", ...denied, fix: grantOf(call, lambda) });
      throw new SecretApiError("AccessDeniedException", denied.message);
    }
  }
  const { secret } = call;
  const value = secret && (await values())[secret.key];
  if (value) return call.answer(value);
  if (secret !== undefined) onEvent(missing(secret.key, lambda?.key ?? null));
  throw call.missing;
}

function missing(secret: string, reader: string | null): SecretEvent {
  const fix = `lambdakit secret set ${secret} --env local`;
  return { type: "secret-missing", function: reader, secret, fix };
}

/** The edit of `service.ts` that would allow it; null where it has no such secret. */
function grantOf({ secret }: SecretRead, { from }: FunctionPlan): string | null {
  return secret === undefined ? null : `add "${secret.key}" to ${from}.secrets in service.ts`;
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new SecretApiError("SerializationException", "");
  }
}
