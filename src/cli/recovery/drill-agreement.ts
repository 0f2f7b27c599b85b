import { type ScenarioName, scenarios } from "../../drill/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import type { ServicePlan, TablePlan } from "../../plan/index.ts";
import { requireConsent } from "../../release/index.ts";
import type { Input, World } from "../command.ts";
import { harmText } from "./drill-text.ts";

/** What has to be typed where the environment asks for nothing: something is deleted. */
const confirmation = "drill";

/** What somebody has to agree to. */
export interface Drilled {
  readonly plan: ServicePlan;
  readonly table: TablePlan;
  /** None where a drill is gone on with. */
  readonly names: readonly ScenarioName[];
  readonly isEmulated: boolean;
}

/**
 * Says what would be lost, and lets nobody lose it who has not agreed.
 *
 * @throws {LambdakitError} DRILL_REFUSED, DEPLOY_NOT_CONFIRMED
 */
export function requireAgreement(input: Input, { terminal }: World, drilled: Drilled): void {
  const { plan, table, names } = drilled;
  const { environment, approval } = plan;
  requireSafe(drilled);
  const wanted = names.map((one) => scenarios[one]);
  if (wanted.length > 0) terminal.err(harmText(wanted, environment, table.name));
  const command = `lambdakit dr drill ${names.join(" ") || "resume"} --env ${environment}`;
  const stated = input.text("confirm") ?? null;
  if (approval.confirmation === null && stated !== confirmation) {
    throw new LambdakitError("DEPLOY_NOT_CONFIRMED", {
      message: `That is done in ${environment} only with --confirm ${confirmation}. Nothing was changed.`,
      fix: `${command} --confirm ${confirmation}`,
    });
  }
  const consent = {
    confirmation: stated,
    reason: input.text("reason") ?? null,
    allowDataLoss: true,
  };
  requireConsent(consent, plan, command);
}

/** @throws {LambdakitError} DRILL_REFUSED, whatever somebody agrees to */
function requireSafe({ plan, names, isEmulated }: Drilled): void {
  const { environment, deployment, recovery } = plan;
  if (environment === "prod" && !isEmulated) {
    throw new LambdakitError("DRILL_REFUSED", {
      message: "prod is not drilled: what is lost there on purpose, people lose.",
      fix: `lambdakit dr drill ${names.join(" ") || "resume"} --env sit, or set AWS_ENDPOINT_URL to an emulator`,
    });
  }
  const whole = names.find((one) => scenarios[one].losesAccount);
  if (whole !== undefined && !isEmulated) {
    throw new LambdakitError("DRILL_REFUSED", {
      message: `${whole} is for an emulator: what an account of AWS has beside the service nobody would bring back.`,
      fix: `lambdakit dr drill table-lost --env ${environment}, or set AWS_ENDPOINT_URL to an emulator`,
    });
  }
  if (whole !== undefined && deployment.previous === null && recovery.standby === null) {
    throw new LambdakitError("DRILL_REFUSED", {
      message: `The releases of ${environment} are nowhere else: its account would not come back.`,
      fix: `lambdakit dr drill ${whole} --env sit`,
    });
  }
}
