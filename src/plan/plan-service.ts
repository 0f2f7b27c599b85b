import type { Manifest } from "../manifest/index.ts";
import { metricNamespace } from "../names.ts";
import { planAlarms } from "./alarms/plan-alarms.ts";
import { planServiceAlarm } from "./alarms/service-alarm.ts";
import { planApi } from "./api.ts";
import { planJwt } from "./auth.ts";
import { planDeployment } from "./deployment.ts";
import { planFunctions } from "./functions.ts";
import { planRecovery } from "./recovery.ts";
import { planSecrets } from "./secrets.ts";
import { planTables } from "./tables.ts";
import type { ApprovalPlan, EnvironmentName, JwtPlan, ServicePlan } from "./types.ts";

export interface PlanOptions {
  /** Whose tokens are taken instead of those that the manifest says: `dev` has an issuer of its own. */
  readonly jwt?: JwtPlan;
}

/** Resolves a manifest for one environment. */
export function planService(
  manifest: Manifest,
  environment: EnvironmentName,
  options: PlanOptions = {},
): ServicePlan {
  const { accountId, region, approval, notify, tags } = manifest.environments[environment];
  const tables = planTables(manifest, environment);
  const secrets = planSecrets(manifest, environment);
  const jwt = options.jwt ?? planJwt(manifest.environments[environment].jwt);
  const api = planApi(manifest, environment, jwt);
  const functions = [
    ...planFunctions(manifest, environment, { tables, secrets, api, jwt }),
    ...(api.authorizer === null ? [] : [api.authorizer.function]),
  ];
  const alarms = planAlarms(manifest, environment, { functions, tables, api });
  return {
    service: manifest.name,
    description: manifest.description,
    environment,
    accountId,
    region,
    place: "primary",
    metricNamespace: metricNamespace(manifest.prefix, manifest.name),
    tracing: manifest.tracing,
    functions,
    tables,
    secrets,
    api,
    alarms,
    serviceAlarm: planServiceAlarm(manifest, environment, alarms),
    notify,
    approval: approvals[approval],
    recovery: planRecovery(manifest, environment),
    deployment: planDeployment(manifest, environment),
    tags: sorted({
      Environment: environment,
      ManagedBy: "Terraform",
      ...manifest.tags,
      ...tags,
    }),
  };
}

/** The words are the reference's own: a longer one to type where a mistake costs more. */
const approvals: Record<Manifest["environments"]["dev"]["approval"], ApprovalPlan> = {
  none: { confirmation: null, reasonRequired: false },
  confirm: { confirmation: "deploy", reasonRequired: false },
  "confirm-and-reason": { confirmation: "deploy-to-production", reasonRequired: true },
};

function sorted(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)));
}
