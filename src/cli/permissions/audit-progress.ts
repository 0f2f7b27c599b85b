import type { AuditedPermission, AuditOptions } from "../../least-privilege/index.ts";
import type { Terminal } from "../../system/index.ts";
import { permissionName, verdictWords } from "./permission-words.ts";

/** Tells on stderr what goes on: a line at each step, since each takes as long as the tests do. */
export function auditProgress({
  err,
}: Pick<Terminal, "err">): Required<Pick<AuditOptions, "onPlan" | "onVerdict">> {
  err("Running all tests, to see which permissions they need.");
  let done = 0;
  let all = 0;
  return {
    onPlan(permissions, runs) {
      all = runs;
      err(`Calls needed ${runs} of ${permissions} permissions. Taking these away, one by one.`);
    },
    onVerdict(permission) {
      if (!wasRun(permission)) return;
      done += 1;
      err(`${done}/${all} ${verdictWords[permission.verdict]}: ${permissionName(permission)}`);
    },
  };
}

/** Of the others it is known at once. */
function wasRun({ verdict }: AuditedPermission): boolean {
  return verdict === "needed" || verdict === "unnoticed" || verdict === "unclear";
}
