import type { Command } from "../command.ts";
import { adopt } from "./adopt.ts";
import { alarms } from "./alarms.ts";
import { audit } from "./audit.ts";
import { bootstrap } from "./bootstrap.ts";
import { cost } from "./cost.ts";
import { deploy } from "./deploy.ts";
import { destroy } from "./destroy.ts";
import { dev } from "./dev.ts";
import { doctor } from "./doctor.ts";
import { drBackup } from "./dr-backup.ts";
import { drDrill } from "./dr-drill.ts";
import { drFailback } from "./dr-failback.ts";
import { drFailover } from "./dr-failover.ts";
import { drMerge } from "./dr-merge.ts";
import { drRebuild } from "./dr-rebuild.ts";
import { drRestore } from "./dr-restore.ts";
import { drStandby } from "./dr-standby.ts";
import { eject } from "./eject.ts";
import { explain } from "./explain.ts";
import { generate } from "./generate.ts";
import { invoke } from "./invoke.ts";
import { logs } from "./logs.ts";
import { mcp } from "./mcp.ts";
import { metrics } from "./metrics.ts";
import { newService } from "./new.ts";
import { newEntity } from "./new-entity.ts";
import { newFunction } from "./new-function.ts";
import { newRoute } from "./new-route.ts";
import { packageCommand } from "./package.ts";
import { plan } from "./plan.ts";
import { promote } from "./promote.ts";
import { rehearse } from "./rehearse.ts";
import { releases } from "./releases.ts";
import { rollback } from "./rollback.ts";
import { runbook } from "./runbook.ts";
import { schema } from "./schema.ts";
import { secret } from "./secret.ts";
import { status } from "./status.ts";
import { token } from "./token.ts";
import { unlock } from "./unlock.ts";
import { verify } from "./verify.ts";

/** In the order in which somebody meets them. */
export const commands: readonly Command[] = [
  newService,
  newEntity,
  newFunction,
  newRoute,
  adopt,
  dev,
  token,
  explain,
  packageCommand,
  generate,
  bootstrap,
  secret,
  plan,
  deploy,
  promote,
  rollback,
  releases,
  verify,
  audit,
  status,
  logs,
  metrics,
  alarms,
  invoke,
  cost,
  drBackup,
  drRestore,
  drMerge,
  drStandby,
  drFailover,
  drFailback,
  drRebuild,
  drDrill,
  runbook,
  rehearse,
  destroy,
  unlock,
  eject,
  doctor,
  schema,
  mcp,
];
