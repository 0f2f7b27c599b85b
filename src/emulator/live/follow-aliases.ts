import type { InvocationRequest, InvocationResult } from "../../dev/index.ts";
import { drawVersion } from "../deployed/deployed-alias.ts";
import type { LiveAliases } from "./live-aliases.ts";
import type { LiveVersions } from "./live-versions.ts";
import type { Invoked } from "./traffic.ts";

export interface FollowOptions {
  readonly aliases: LiveAliases;
  readonly versions: LiveVersions;
  /** Draws the version of each invocation. */
  readonly random: () => number;
  /** Which version it is, before it is asked. */
  readonly onVersion: (version: string) => void;
  readonly onTraffic: (invoked: Invoked) => void;
}

/** Invokes as Lambda does: what the alias leads to now, which stays with it to its end. */
export function followAliases({ aliases, versions, random, ...on }: FollowOptions) {
  return async (aliasArn: string, request: InvocationRequest): Promise<InvocationResult> => {
    const alias = aliasArn === "" ? undefined : await aliases.current(aliasArn);
    if (alias === undefined) return notInvocable;
    const version = drawVersion(alias, random);
    on.onVersion(version);
    const result = await (await versions.host(aliasArn, version)).invoke(request);
    const invoked = invokedOf(aliasArn, version, result);
    if (invoked !== undefined) on.onTraffic(invoked);
    return result;
  };
}

/** Undefined where Lambda would count nothing: the function is not there, or this service is ending. */
function invokedOf(
  aliasArn: string,
  version: string,
  result: InvocationResult,
): Invoked | undefined {
  const [functionName = "", alias = ""] = aliasArn.split(":").slice(-2);
  const who = { type: "invoked", at: Date.now(), functionName, alias, version } as const;
  if ("report" in result) {
    const { durationMilliseconds: milliseconds } = result.report;
    return { ...who, outcome: result.ok ? "answered" : "failed", milliseconds };
  }
  return result.reason === "throttled"
    ? { ...who, outcome: "throttled", milliseconds: 0 }
    : undefined;
}

const notInvocable = {
  ok: false,
  reason: "not-found",
  error: { errorType: "AccessDeniedException", errorMessage: "The function may not be called." },
} as const;
