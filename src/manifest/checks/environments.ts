import { nearest, type Problem } from "../../errors/index.ts";
import { tagLimits } from "../facts.ts";
import type { Check } from "./check.ts";

/** Prod is hard to change by accident, a recovery region is another region, and sizes are for real functions. */
export const checkEnvironments: Check = ({ environments = {}, tags = {} }, declared) => {
  const problems: Problem[] = [];
  const { prod } = environments;
  if (prod?.approval !== undefined && prod.approval !== "confirm-and-reason") {
    problems.push({
      code: "MANIFEST_UNPROTECTED_PRODUCTION",
      path: ["environments", "prod", "approval"],
      message: `prod could be changed with approval "${prod.approval}"`,
      fix: 'write approval: "confirm-and-reason"',
    });
  }
  for (const [name, environment] of Object.entries(environments)) {
    const { region, recoveryRegion, sizes = {} } = environment ?? {};
    const count = Object.keys({ ...derivedTags, ...tags, ...environment?.tags }).length;
    if (count > tagLimits.count) {
      problems.push({
        code: "MANIFEST_OUT_OF_RANGE",
        path: ["environments", name],
        message: `each resource would have ${count} tags where AWS allows ${tagLimits.count}`,
        fix: `remove ${count - tagLimits.count} of them`,
      });
    }
    if (recoveryRegion !== undefined && recoveryRegion === region) {
      problems.push({
        code: "MANIFEST_RECOVERY_REGION",
        path: ["environments", name, "recoveryRegion"],
        message: `${name} is in ${region}, and would recover into ${region}`,
        fix: "name another region, or leave recoveryRegion out",
      });
    }
    for (const key of Object.keys(sizes)) {
      if (declared.functions.includes(key)) continue;
      const near = nearest(key, declared.functions);
      problems.push({
        code: "MANIFEST_UNKNOWN_FUNCTION",
        path: ["environments", name, "sizes", key],
        message: `there is no function "${key}"`,
        fix: near === undefined ? "remove it" : `use "${near}"`,
      });
    }
  }
  return problems;
};

/** What the plan adds to the tags of a manifest. */
const derivedTags = { Environment: "", ManagedBy: "" };
