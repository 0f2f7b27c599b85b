import { before, placeText } from "../../../release/index.ts";
import type { EnvironmentFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";

/** What is wrong with what was brought live, by the record of it. */
export function releaseFindings({ plan, release }: EnvironmentFacts): Finding[] {
  const { live, standing, unfinished, isHeld } = release;
  const { environment, service } = plan;
  const findings: Finding[] = [];
  if (live === null) {
    const from = before(environment);
    findings.push({
      id: "not-deployed",
      subject: service,
      message: `${service} was never made live in ${environment}`,
      next:
        from === undefined
          ? `lambdakit deploy --env ${environment}`
          : `lambdakit promote --from ${from} --to ${environment}`,
    });
  }
  if (unfinished !== null && !isHeld) {
    const { action, release: id, at, from } = unfinished.started;
    const what = id === null ? action : `the ${action} of ${id}`;
    findings.push({
      id: "release-unfinished",
      subject: String(unfinished.number),
      message: `${what}, begun at ${at} by ${placeText(from)}, did not come to its end`,
      next: `lambdakit releases history --env ${environment}`,
    });
  }
  if (live !== null && standing === "failed") {
    findings.push({
      id: "release-failed",
      subject: live.id,
      message: `${live.id} is live, and did not do what it promises when somebody looked`,
      next: `lambdakit verify --env ${environment}`,
    });
  }
  return findings;
}
