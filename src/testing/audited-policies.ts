import { fileURLToPath } from "node:url";
import type { JudgeOf } from "../dev/index.ts";
import { type AccessRequest, preparePolicies } from "../evaluate/index.ts";
import { type PermissionSighting, permissionVariables } from "../names.ts";
import {
  type FunctionPlan,
  onlyPermission,
  permissionsOf,
  policyDocument,
  type Statement,
  withoutPermission,
} from "../plan/index.ts";
import { appendLine } from "../system/index.ts";
import { callingTest } from "./calling-test.ts";

/**
 * What decides about calls while `lambdakit audit iam --minimal` runs the tests: the functions' policies, without a
 * permission where one is to be taken away; and it writes down which ones are of use to whom.
 *
 * @returns undefined where nobody audits
 */
export function auditedPolicies(env: NodeJS.ProcessEnv): JudgeOf | undefined {
  const file = env[permissionVariables.record];
  if (file === undefined) return undefined;
  const test = callingTest(fileURLToPath(new URL(".", import.meta.url)));
  const written = new Set<string>();
  const write = (line: PermissionSighting) => {
    const text = JSON.stringify(line);
    if (written.has(text)) return;
    written.add(text);
    appendLine(file, text);
  };
  write({ test, seen: "service" });
  return (lambda) => {
    const removed = env[permissionVariables.without];
    return removed === undefined
      ? watched(lambda, (permission, seen) => write({ test, seen, permission }))
      : lacking(lambda, removed, () => write({ test, seen: "removed", permission: removed }));
  };
}

type Judge = ReturnType<JudgeOf>;

/** Says of each call which permissions it needs. */
function watched(
  lambda: FunctionPlan,
  tell: (permission: string, seen: "needed" | "covered") => void,
): Judge {
  const { statements } = lambda.role;
  const judge = judgeOf(statements);
  const permissions = permissionsOf(lambda).map((permission) => ({
    ...permission,
    without: judgeOf(withoutPermission(statements, permission)),
    alone: judgeOf(onlyPermission(statements, permission)),
  }));
  return (request) => {
    const decision = judge(request);
    if (decision.effect === "allowed") {
      for (const { id, without, alone } of permissions) {
        if (without(request).effect !== "allowed") tell(id, "needed");
        else if (alone(request).effect === "allowed") tell(id, "covered");
      }
    }
    return decision;
  };
}

/** Decides without one permission, and says where it was missed. */
function lacking(lambda: FunctionPlan, id: string, tell: () => void): Judge {
  const { statements } = lambda.role;
  const permission = permissionsOf(lambda).find((one) => one.id === id);
  const whole = judgeOf(statements);
  if (permission === undefined) return whole;
  const rest = judgeOf(withoutPermission(statements, permission));
  return (request: AccessRequest) => {
    const decision = rest(request);
    if (decision.effect !== "allowed" && whole(request).effect === "allowed") tell();
    return decision;
  };
}

function judgeOf(statements: readonly Statement[]): Judge {
  // A policy without a statement is none.
  return preparePolicies(statements.length === 0 ? [] : [policyDocument(statements)]);
}
