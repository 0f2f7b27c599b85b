import type * as z from "zod";
import { adoptAnswer } from "./commands/adopt.ts";
import { alarmsAnswer } from "./commands/alarms.ts";
import { auditAnswer } from "./commands/audit.ts";
import { bootstrapAnswer } from "./commands/bootstrap.ts";
import { costAnswer } from "./commands/cost.ts";
import { deployAnswer } from "./commands/deploy.ts";
import { destroyAnswer } from "./commands/destroy.ts";
import { devAnswer } from "./commands/dev.ts";
import { doctorAnswer } from "./commands/doctor.ts";
import { drBackupAnswer } from "./commands/dr-backup.ts";
import { drDrillAnswer } from "./commands/dr-drill.ts";
import { drFailbackAnswer } from "./commands/dr-failback.ts";
import { drFailoverAnswer } from "./commands/dr-failover.ts";
import { drMergeAnswer } from "./commands/dr-merge.ts";
import { drRebuildAnswer } from "./commands/dr-rebuild.ts";
import { drRestoreAnswer } from "./commands/dr-restore.ts";
import { drStandbyAnswer } from "./commands/dr-standby.ts";
import { ejectAnswer } from "./commands/eject.ts";
import { explainAnswer } from "./commands/explain.ts";
import { generateAnswer } from "./commands/generate.ts";
import { invokeAnswer } from "./commands/invoke.ts";
import { logsAnswer } from "./commands/logs.ts";
import { mcpAnswer } from "./commands/mcp.ts";
import { metricsAnswer } from "./commands/metrics.ts";
import { newAnswer } from "./commands/new.ts";
import { newEntityAnswer } from "./commands/new-entity.ts";
import { newFunctionAnswer } from "./commands/new-function.ts";
import { newRouteAnswer } from "./commands/new-route.ts";
import { packageAnswer } from "./commands/package.ts";
import { planAnswer } from "./commands/plan.ts";
import { promoteAnswer } from "./commands/promote.ts";
import { rehearseAnswer } from "./commands/rehearse.ts";
import { releasesAnswer } from "./commands/releases.ts";
import { rollbackAnswer } from "./commands/rollback.ts";
import { runbookAnswer } from "./commands/runbook.ts";
import { schemaAnswer } from "./commands/schema.ts";
import { secretAnswer } from "./commands/secret.ts";
import { statusAnswer } from "./commands/status.ts";
import { tokenAnswer } from "./commands/token.ts";
import { unlockAnswer } from "./commands/unlock.ts";
import { verifyAnswer } from "./commands/verify.ts";
import { errorAnswer } from "./parts/error.ts";

/** What a command prints with `--json`. */
export interface Answer {
  /** `lines`: each line of stdout is a document, and the schema is that of a line. */
  readonly form: "document" | "lines";
  readonly schema: z.ZodType;
}

/** By the command's name, in the order of help; last, what every command prints where it fails. */
export const answers: Readonly<Record<string, Answer>> = {
  new: { form: "document", schema: newAnswer },
  "new entity": { form: "document", schema: newEntityAnswer },
  "new function": { form: "document", schema: newFunctionAnswer },
  "new route": { form: "document", schema: newRouteAnswer },
  adopt: { form: "document", schema: adoptAnswer },
  dev: { form: "lines", schema: devAnswer },
  token: { form: "document", schema: tokenAnswer },
  explain: { form: "document", schema: explainAnswer },
  package: { form: "document", schema: packageAnswer },
  generate: { form: "document", schema: generateAnswer },
  bootstrap: { form: "document", schema: bootstrapAnswer },
  secret: { form: "document", schema: secretAnswer },
  plan: { form: "document", schema: planAnswer },
  deploy: { form: "document", schema: deployAnswer },
  promote: { form: "document", schema: promoteAnswer },
  rollback: { form: "document", schema: rollbackAnswer },
  releases: { form: "document", schema: releasesAnswer },
  verify: { form: "document", schema: verifyAnswer },
  audit: { form: "document", schema: auditAnswer },
  status: { form: "document", schema: statusAnswer },
  logs: { form: "lines", schema: logsAnswer },
  metrics: { form: "document", schema: metricsAnswer },
  alarms: { form: "document", schema: alarmsAnswer },
  invoke: { form: "document", schema: invokeAnswer },
  cost: { form: "document", schema: costAnswer },
  "dr backup": { form: "document", schema: drBackupAnswer },
  "dr restore": { form: "document", schema: drRestoreAnswer },
  "dr merge": { form: "document", schema: drMergeAnswer },
  "dr standby": { form: "document", schema: drStandbyAnswer },
  "dr failover": { form: "document", schema: drFailoverAnswer },
  "dr failback": { form: "document", schema: drFailbackAnswer },
  "dr rebuild": { form: "document", schema: drRebuildAnswer },
  "dr drill": { form: "document", schema: drDrillAnswer },
  runbook: { form: "document", schema: runbookAnswer },
  rehearse: { form: "document", schema: rehearseAnswer },
  destroy: { form: "document", schema: destroyAnswer },
  unlock: { form: "document", schema: unlockAnswer },
  eject: { form: "document", schema: ejectAnswer },
  doctor: { form: "document", schema: doctorAnswer },
  schema: { form: "document", schema: schemaAnswer },
  mcp: { form: "lines", schema: mcpAnswer },
  error: { form: "document", schema: errorAnswer },
};
