import { type AccessDenied, type DevServer, startDev } from "../dev/index.ts";
import { auditedPolicies } from "./audited-policies.ts";

/** A service that a test has started. */
export interface LocalService extends DevServer {
  /**
   * The calls to tables and secrets that functions were refused so far, each with the line of `service.ts` that would allow it. Also
   * those whose failure a function keeps to itself.
   */
  readonly refusals: readonly AccessDenied[];
}

export interface LocalServiceOptions {
  /** The values of its secrets, by their keys. @default those of this machine, by `lambdakit secret set --env local` */
  readonly secrets?: Readonly<Record<string, string>>;
}

/**
 * The whole service, as `lambdakit dev` serves it, on a free port and with empty tables of its own: for
 * tests that speak HTTP. Each function may do what its own policy says. Stop it when done.
 */
export async function startLocalService(
  directory: string,
  { secrets }: LocalServiceOptions = {},
): Promise<LocalService> {
  const refusals: AccessDenied[] = [];
  const server = await startDev({
    directory,
    port: 0,
    memory: true,
    ownEngine: true,
    reset: false,
    sampleData: false,
    secrets,
    // Nobody edits anything while a test runs, and nobody would be told.
    typeCheck: false,
    judgeOf: auditedPolicies(process.env),
    onEvent(event) {
      if (event.type !== "access-denied") return;
      const { type, ...refusal } = event;
      refusals.push(refusal);
    },
  });
  return { ...server, refusals };
}
