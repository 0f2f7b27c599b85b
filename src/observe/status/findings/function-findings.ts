import type { EnvironmentFacts, FunctionFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";

/** Where functions are not what the live release says. */
export function functionFindings(facts: EnvironmentFacts): Finding[] {
  const { functions, release } = facts;
  if (!("known" in functions) || release.live === null) return [];
  return functions.known.flatMap((one) => findingsOf(one, facts));
}

function findingsOf(one: FunctionFacts, { plan, release }: EnvironmentFacts): Finding[] {
  const { alias, state } = one;
  const { name, key } = one.plan;
  const { environment, deployment } = plan;
  const change = `lambdakit plan --env ${environment}`;
  if (alias === undefined || state === undefined) {
    const message = `${name} has no alias ${deployment.alias}, or is not there`;
    return [{ id: "function-missing", subject: name, message, next: change }];
  }
  const live = release.live?.id;
  const back = `lambdakit rollback --env ${environment} --to ${live}`;
  const expected = release.versions[name];
  const findings: Finding[] = [];
  // While somebody is at work, callers are led to and fro by them.
  const isMoving = release.isHeld;
  if (!isMoving && expected !== undefined && alias.version !== expected) {
    const message = `${deployment.alias} leads to version ${alias.version}, and ${live} is version ${expected}: somebody has moved it`;
    findings.push({ id: "alias-moved", subject: name, message, next: back });
  }
  if (!isMoving && alias.canary !== null) {
    const { version, share } = alias.canary;
    const message = `${percent(share)} % of its callers get version ${version}, and nobody is moving them`;
    findings.push({ id: "canary-left", subject: name, message, next: back });
  }
  const recorded = release.live?.artifacts[key]?.sha256;
  // Where the alias leads elsewhere, that is what is wrong.
  if (alias.version === expected && recorded !== undefined && state.sha256 !== recorded) {
    const message = `version ${state.version} is ${state.sha256.slice(0, 12)}, and the record of ${live} says ${recorded.slice(0, 12)}`;
    const next = `lambdakit releases show ${live} --env ${environment}`;
    findings.push({ id: "code-differs", subject: name, message, next });
  }
  const differences = alias.version === expected ? configurationDifferences(one) : [];
  if (differences.length > 0) {
    const message = `version ${state.version} has ${differences.join("; ")}`;
    findings.push({ id: "configuration-differs", subject: name, message, next: change });
  }
  return findings;
}

/** Of variables only the names are compared: what they say may be nobody's business. */
function configurationDifferences({ plan, state }: FunctionFacts): string[] {
  const planned = Object.keys(plan.environmentVariables);
  const there = state?.variables ?? [];
  const pairs = [
    ["runtime", state?.runtime, plan.runtime],
    ["memory in MB", state?.memoryMb, plan.memoryMb],
    ["timeout in s", state?.timeoutSeconds, plan.timeoutSeconds],
  ] as const;
  return [
    ...pairs
      .filter(([, is, wanted]) => is !== wanted)
      .map(([what, is, wanted]) => `${what} ${is}, planned ${wanted}`),
    ...planned.filter((one) => !there.includes(one)).map((one) => `no variable ${one}`),
    ...there
      .filter((one) => !planned.includes(one))
      .map((one) => `a variable ${one} that is not planned`),
  ];
}

function percent(share: number): string {
  return String(Math.round(share * 1000) / 10);
}
