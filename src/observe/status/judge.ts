import type { EnvironmentFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { alarmFindings } from "./findings/alarm-findings.ts";
import { driftFindings } from "./findings/drift-findings.ts";
import { functionFindings } from "./findings/function-findings.ts";
import { releaseFindings } from "./findings/release-findings.ts";
import { tableFindings } from "./findings/table-findings.ts";
import { trafficFindings } from "./findings/traffic-findings.ts";

/** What is wrong with an environment: first what callers notice, then what they would notice later. */
export function judge(facts: EnvironmentFacts): Finding[] {
  const all = [
    alarmFindings(facts),
    trafficFindings(facts),
    releaseFindings(facts),
    functionFindings(facts),
    tableFindings(facts),
    driftFindings(facts),
  ].flat();
  const isFiring = ({ id }: Finding) => id === "alarm-firing";
  return [...all.filter(isFiring), ...all.filter((one) => !isFiring(one))];
}
