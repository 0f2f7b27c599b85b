import type { AlarmKind } from "../../../plan/index.ts";
import { total } from "../../figures/series.ts";
import type { EnvironmentFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";

/**
 * What callers met in the window, by the limits of the alarms. An alarm looks at its last periods: what was bad half
 * an hour ago is over for it. What fires already is said by the alarm.
 */
export function trafficFindings(facts: EnvironmentFacts): Finding[] {
  const { figures, plan } = facts;
  if (!("known" in figures)) return [];
  const { environment } = plan;
  const quiet = (kind: AlarmKind, subject: string) => {
    const alarm = plan.alarms.find((one) => one.kind === kind && one.subject === subject);
    return alarm === undefined || isFiring(facts, alarm.name) ? undefined : alarm;
  };
  const functions = [...figures.known.functions].flatMap(([subject, figure]): Finding[] => {
    const [invocations, errors] = [total(figure.invocations) ?? 0, total(figure.errors) ?? 0];
    const throttles = total(figure.throttles) ?? 0;
    const limit = quiet("function-errors", subject);
    const throttleLimit = quiet("function-throttles", subject);
    const rate = invocations === 0 ? 0 : (100 * errors) / invocations;
    const isBad = limit !== undefined && errors >= limit.minimumCount && rate > limit.threshold;
    return [
      ...(isBad
        ? [
            {
              id: "errors-high",
              subject,
              message: `${errors} of ${invocations} invocations failed, ${rate.toFixed(1)} % where ${limit.threshold} % are allowed`,
              next: `lambdakit logs ${keyOf(facts, subject)} --env ${environment}`,
            } as const,
          ]
        : []),
      ...(throttleLimit !== undefined && throttles > throttleLimit.threshold
        ? [
            {
              id: "throttled",
              subject,
              message: `${throttles} invocations were refused, because too many ran at once`,
              next: `lambdakit metrics ${keyOf(facts, subject)} --env ${environment}`,
            } as const,
          ]
        : []),
    ];
  });
  const tables = [...figures.known.tables].flatMap(([subject, series]): Finding[] => {
    const limit = quiet("table-throttles", subject);
    const throttled = total(series) ?? 0;
    if (limit === undefined || throttled <= limit.threshold) return [];
    const message = `DynamoDB has throttled ${throttled} requests`;
    const next = `lambdakit metrics --env ${environment}`;
    return [{ id: "table-throttled", subject, message, next }];
  });
  return [...functions, ...tables];
}

function keyOf({ plan }: EnvironmentFacts, functionName: string): string {
  return plan.functions.find(({ name }) => name === functionName)?.key ?? functionName;
}

function isFiring({ alarms }: EnvironmentFacts, name: string): boolean {
  if (!("known" in alarms)) return false;
  return alarms.known.some((one) => one.name === name && one.state === "ALARM");
}
