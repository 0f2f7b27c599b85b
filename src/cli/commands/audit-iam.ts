import type { AuditAnswer } from "../../answers/index.ts";
import { exitCodes } from "../../errors/index.ts";
import {
  type Audit,
  auditPermissions,
  isSurvivor,
  listPermissions,
  npmTests,
} from "../../least-privilege/index.ts";
import { loadService } from "../../package/index.ts";
import { planService, type ServicePlan } from "../../plan/index.ts";
import { answerJson } from "../answer-json.ts";
import type { Input, Option, World } from "../command.ts";
import { auditProgress } from "../permissions/audit-progress.ts";
import { auditText } from "../permissions/audit-text.ts";
import { permissionsText } from "../permissions/permissions-text.ts";

/** Options that `audit iam` alone has. */
export const iamOptions = {
  minimal: {
    type: "flag",
    description: "with iam: take away each permission, and see whether a test fails",
  },
  script: {
    type: "text",
    placeholder: "NAME",
    description: "with --minimal: the script of package.json that runs the tests",
    default: "test",
  },
} as const satisfies Record<string, Option>;

/** `audit iam`: what each function may do, and which permissions no test needs. */
export async function auditIam(input: Input, world: World): Promise<number> {
  const service = input.text("service") ?? ".";
  const { manifest } = await loadService(service);
  // Tests start the service as it is in dev.
  const plan = planService(manifest, "dev");
  return input.flag("minimal")
    ? answerMinimal(plan, service, input, world)
    : answerList(plan, input, world);
}

function answerList(plan: ServicePlan, input: Input, { terminal }: World): number {
  const permissions = listPermissions(plan);
  terminal.out(
    input.flag("json")
      ? answerJson<AuditAnswer>({ service: plan.service, permissions })
      : permissionsText(plan, permissions, terminal),
  );
  return exitCodes.ok;
}

async function answerMinimal(
  plan: ServicePlan,
  service: string,
  input: Input,
  { terminal, interrupted }: World,
): Promise<number> {
  const audit = await auditPermissions({
    plan,
    service,
    runTests: await npmTests(service, input.text("script") ?? "test"),
    interrupted,
    ...auditProgress(terminal),
  });
  terminal.out(
    input.flag("json")
      ? answerJson<AuditAnswer>(auditJson(plan, audit))
      : auditText(plan, audit, terminal),
  );
  return audit.permissions.some(isSurvivor) ? exitCodes.differences : exitCodes.ok;
}

function auditJson({ service }: ServicePlan, { permissions, runs }: Audit) {
  const needed = permissions.filter(({ verdict }) => verdict === "needed").length;
  const findings = permissions.filter(isSurvivor).length;
  return {
    service,
    needed,
    findings,
    notHeld: permissions.length - needed - findings,
    runs,
    permissions,
  };
}
