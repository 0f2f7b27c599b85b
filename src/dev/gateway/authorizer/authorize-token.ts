import type { InvocationResult } from "../../host/invocation.ts";
import { isRefusal } from "../../host/refused-token.ts";
import type { Answer } from "../answer.ts";
import {
  authorizerFailed,
  authorizerMisconfigured,
  denied,
  notAllowed,
  unauthorized,
} from "./authorizer-answers.ts";
import { type Authorization, readAuthorizerOutput } from "./authorizer-output.ts";

/** The caller may go on, with this in `requestContext.authorizer`; or gets this answer. */
export type Verdict =
  | { readonly ok: true; readonly context: AuthorizerContext }
  | { readonly ok: false; readonly answer: Answer };

export type AuthorizerContext = Readonly<Record<string, string | number>>;

/** A call of a method that has an authorizer. */
export interface AuthorizedCall {
  /** The `Authorization` header, whole; undefined where there is none. */
  readonly token: string | undefined;
  /** The method and the path as the caller wrote it. */
  readonly methodArn: string;
}

export interface TokenAuthorizerOptions {
  /** How long a result counts for whoever sends the same token, for all methods. */
  readonly cacheSeconds: number;
  /** Milliseconds. @default Date.now */
  readonly now?: () => number;
}

/** Tokens whose results are kept; beyond that the oldest is forgotten. AWS states no number; this is memory. */
const maxKept = 1_000;

/**
 * Asks a Lambda authorizer of type TOKEN, as API Gateway does: not without a token, not again while its last
 * result counts, and what it returned is a policy that each call is held against.
 *
 * A refusal (`Unauthorized`) and a failure are not kept, so the next call asks again.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html (2026-11-27)
 */
export class TokenAuthorizer {
  readonly #options: TokenAuthorizerOptions;
  readonly #kept = new Map<string, { readonly until: number; readonly value: Authorization }>();

  constructor(options: TokenAuthorizerOptions) {
    this.#options = options;
  }

  /** @param invoke asks the authorizer's function, with an event in JSON */
  async authorize(
    { token, methodArn }: AuthorizedCall,
    invoke: (payload: string) => Promise<InvocationResult>,
  ): Promise<Verdict> {
    const { now = Date.now } = this.#options;
    if (token === undefined || token === "") return refused(unauthorized);

    const startedAt = now();
    const kept = this.#kept.get(token);
    if (kept !== undefined && kept.until > startedAt) return judge(kept.value, methodArn, 0);
    const event = { type: "TOKEN", methodArn, authorizationToken: token };
    const result = await invoke(JSON.stringify(event));
    if (!result.ok) return refused(failureOf(result));
    const value = readAuthorizerOutput(result.payload);
    if (value === undefined) return refused(authorizerMisconfigured);
    this.#keep(token, value, now());
    return judge(value, methodArn, now() - startedAt);
  }

  #keep(token: string, value: Authorization, now: number): void {
    const { cacheSeconds } = this.#options;
    if (cacheSeconds === 0) return;
    this.#kept.delete(token);
    this.#kept.set(token, { until: now + cacheSeconds * 1_000, value });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > maxKept && oldest !== undefined) this.#kept.delete(oldest);
  }
}

function judge({ context, decide }: Authorization, methodArn: string, latency: number): Verdict {
  const { effect } = decide({ action: "execute-api:Invoke", resource: methodArn, context: {} });
  if (effect === "allowed")
    return { ok: true, context: { ...context, integrationLatency: latency } };
  return refused(effect === "explicit-deny" ? denied : notAllowed);
}

function failureOf(result: Extract<InvocationResult, { readonly ok: false }>): Answer {
  if (result.reason === "throttled" || result.reason === "stopping") return authorizerFailed;
  return isRefusal(result.error) ? unauthorized : authorizerMisconfigured;
}

function refused(answer: Answer): Verdict {
  return { ok: false, answer };
}
