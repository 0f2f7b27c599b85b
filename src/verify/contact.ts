import { setTimeout as sleep } from "node:timers/promises";
import { LambdakitError } from "../errors/index.ts";
import { routeName } from "../names.ts";
import type { ServicePlan } from "../plan/index.ts";
import { type Answer, answerText, NoAnswer } from "./http/answer.ts";
import type { Ask } from "./http/ask.ts";
import { inParallel } from "./http/in-parallel.ts";
import { stopIfInterrupted } from "./interruption.ts";
import type { Probe } from "./probes/probe.ts";
import type { Check } from "./types.ts";

export interface ContactOptions {
  readonly plan: ServicePlan;
  readonly url: string;
  readonly probes: readonly Probe[];
  readonly ask: Ask;
  readonly atOnce: number;
  readonly patienceSeconds: number;
  readonly interrupted: AbortSignal | undefined;
}

/**
 * Asks once for each route and path, and again each second while there is patience: does anybody answer,
 * and is it this service? Fifty failed checks would say the same less clearly.
 *
 * @throws {LambdakitError} VERIFY_UNREACHABLE, VERIFY_INTERRUPTED
 */
export async function contactService(options: ContactOptions): Promise<Check> {
  const { plan, url, probes, ask, atOnce, patienceSeconds, interrupted } = options;
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt);
  const first = probes.filter(
    ({ route }, position) => probes.findIndex((one) => one.route === route) === position,
  );
  for (;;) {
    const replies = await inParallel(first, atOnce, async ({ request }) => {
      try {
        return { request, answer: await ask(request, interrupted) };
      } catch (error) {
        if (error instanceof NoAnswer) return { request, error };
        throw error;
      }
    });
    stopIfInterrupted(interrupted);
    const answered = replies.flatMap(({ request, answer }) =>
      answer ? [{ request, answer }] : [],
    );
    const isHere = answered.some(({ answer }) => !isSomebodyElses(answer));
    const isOver = elapsed() >= patienceSeconds * 1_000;
    if (isHere || isOver) {
      const [one] = answered;
      if (one === undefined) throw unreachable(url, replies[0]?.error);
      const detail = `each of ${answered.length} answers is somebody else's, such as ${answerText(one.answer)} to ${routeName(one.request)}; the API's stage is ${plan.api.stage}, and the URL has to end with it, unless it has a domain of its own`;
      return {
        id: "service",
        what: `the ${plan.service} service answers here`,
        route: null,
        passed: isHere,
        detail: isHere ? null : detail,
        milliseconds: elapsed(),
      };
    }
    await sleep(1_000, undefined, { signal: interrupted }).catch(() => {});
  }
}

/**
 * What API Gateway, a proxy or another web site answers who do not know the routes. A service of
 * lambdakit's answers its own 404 as a problem.
 */
function isSomebodyElses({ status, headers }: Answer): boolean {
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("text/html")) return true;
  const isRedirect = status >= 300 && status < 400;
  return (
    (isRedirect || [403, 404, 405].includes(status)) && !type.startsWith("application/problem+json")
  );
}

function unreachable(url: string, cause: NoAnswer | undefined): LambdakitError {
  return new LambdakitError("VERIFY_UNREACHABLE", {
    message: `Nothing answers at ${url}: ${cause?.message}.`,
    fix: "look whether it is the URL that lambdakit deploy has printed",
    at: url,
    cause,
  });
}
