import type { Problem } from "../../errors/index.ts";
import { functionName, standbyName } from "../../names.ts";
import type { DeclaredNames } from "../declared-names.ts";
import { lambdaLimits, roleNameLength } from "../facts.ts";
import { failoverSeconds, failoverTimes } from "../failover.ts";
import { healthCheckRoute } from "../health-check-route.ts";
import type { Draft } from "../schema.ts";
import type { Check } from "./check.ts";

/** Where the service stands by, roles have names that fit; a name that moves can be checked, and moves in time. */
export const checkStandby: Check = (draft, declared) => {
  const { environments = {}, functions = {}, recovery } = draft;
  return Object.entries(environments).flatMap(([name, environment]): Problem[] => {
    if (environment === undefined) return [];
    const { recoveryRegion, domain } = environment;
    const path = ["environments", name, "domain"];
    if (recoveryRegion === undefined) {
      if (domain === undefined || declared.standingBy.has(name)) return [];
      return [
        {
          code: "MANIFEST_DOMAIN",
          path,
          message: `${domain.name} could move nowhere: ${name} has no recoveryRegion`,
          fix: "name the region that takes over, or leave domain out",
        },
      ];
    }
    const problems = longRoles(draft, name);
    if (domain === undefined) return problems;
    if (isRead(functions, declared) && healthCheckRoute(functions) === undefined) {
      problems.push({
        code: "MANIFEST_DOMAIN",
        path,
        message:
          'Route 53 could not tell whether the region answers: no GET route without parameters has auth "none"',
        fix: "state such a route, or leave domain out",
      });
    }
    const { rtoMinutes } = recovery ?? {};
    if (rtoMinutes === undefined) return problems;
    const seconds = failoverSeconds(failoverTimes(rtoMinutes));
    if (seconds > rtoMinutes * 60) {
      problems.push({
        code: "MANIFEST_RECOVERY_TIME",
        path: ["recovery", "rtoMinutes"],
        message: `callers of ${domain.name} are over after ${seconds} seconds at the earliest, and may wait for ${rtoMinutes * 60}`,
        fix: `write ${Math.ceil(seconds / 60)} or more`,
      });
    }
    return problems;
  });
};

/** Whether it is known of all functions what they answer, and to whom: one that is not may be the one. */
function isRead(functions: NonNullable<Draft["functions"]>, declared: DeclaredNames): boolean {
  return declared.functions.every((key) => {
    const { routes = [], auth } = functions[key] ?? {};
    if (declared.answering.has(key) && routes.length === 0) return false;
    return auth !== undefined || !declared.auth.has(key);
  });
}

/** Roles are the account's, whatever the region: where the service stands by, they have longer names. */
function longRoles({ prefix = "", name = "", functions = {} }: Draft, environment: string) {
  return Object.keys(functions).flatMap((key): Problem[] => {
    const plain = functionName(prefix, name, key, environment);
    const role = standbyName(plain);
    if (role.length <= roleNameLength.max || plain.length > lambdaLimits.functionNameLength)
      return [];
    return [
      {
        code: "MANIFEST_NAME_TOO_LONG",
        path: ["functions", key],
        message: `where ${environment} stands by its role would be ${role}, ${role.length} characters where AWS allows ${roleNameLength.max}`,
        fix: `shorten prefix, name or "${key}" by ${role.length - roleNameLength.max} characters`,
      },
    ];
  });
}
