import { exitCodes, LambdakitError } from "../../errors/index.ts";
import {
  type Audit,
  auditPermissions,
  isSurvivor,
  listPermissions,
  npmTests,
} from "../../least-privilege/index.ts";
import { loadService } from "../../package/index.ts";
import { planService, type ServicePlan } from "../../plan/index.ts";
import type { Command, Input, World } from "../command.ts";
import { auditProgress } from "../permissions/audit-progress.ts";
import { auditText } from "../permissions/audit-text.ts";
import { permissionsText } from "../permissions/permissions-text.ts";

export const auditIam: Command = {
  name: "audit",
  summary: "what each function may do, and which permissions no test needs",
  description:
    "iam lists what each function may do, the smallest parts one by one: an action, on a table or index, on items of one kind. With --minimal, it runs the service's tests once to see which of them each test needs, takes away one after the other, and runs those tests again. A permission is needed where a test fails and has missed it; whatever no test needs is a finding. Tests count that start the service with startLocalService, since there the functions' policies decide. Changes nothing. Ends with 2 where there are findings.",
  examples: [
    "lambdakit audit iam",
    "lambdakit audit iam --minimal",
    "lambdakit audit iam --minimal --script test:integration --json",
  ],
  options: {
    minimal: {
      type: "flag",
      description: "take away each permission, and see whether a test fails",
    },
    script: {
      type: "text",
      placeholder: "NAME",
      description: "the script of package.json that runs the tests, with --minimal",
      default: "test",
    },
  },
  arguments: ["WHAT"],

  async run(input, world) {
    const [what] = input.arguments;
    if (what !== "iam") {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: `audit ${what ?? "without a word behind it"} is nothing that can be answered.`,
        fix: "lambdakit audit iam",
        at: "WHAT",
      });
    }
    const service = input.text("service") ?? ".";
    const { manifest } = await loadService(service);
    // Tests start the service as it is in dev.
    const plan = planService(manifest, "dev");
    return input.flag("minimal")
      ? answerMinimal(plan, service, input, world)
      : answerList(plan, input, world);
  },
};

function answerList(plan: ServicePlan, input: Input, { terminal }: World): number {
  const permissions = listPermissions(plan);
  terminal.out(
    input.flag("json")
      ? JSON.stringify({ service: plan.service, permissions }, null, 2)
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
      ? JSON.stringify(auditJson(plan, audit), null, 2)
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
