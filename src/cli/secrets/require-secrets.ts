import { LambdakitError } from "../../errors/index.ts";
import { missingSecrets, openSecretStores } from "../../observe/index.ts";
import type { SecretPlan, ServicePlan } from "../../plan/index.ts";
import type { World } from "../command.ts";

/**
 * The secrets that functions read and that have no value in the environment. Where these credentials may not look, it
 * says so, and none are missing: deploying must not need more than it needed before.
 */
export async function lookForSecrets(
  plan: ServicePlan,
  { terminal }: Pick<World, "terminal">,
): Promise<readonly SecretPlan[]> {
  if (plan.secrets.length === 0) return [];
  try {
    return await missingSecrets(plan, openSecretStores(plan, {}));
  } catch (error) {
    if (!(error instanceof LambdakitError) || error.code !== "AWS_NOT_ALLOWED") throw error;
    const { environment } = plan;
    terminal.err(
      `Whether secrets have values is not known: ${error.message}\nfix: lambdakit bootstrap --env ${environment}, which lets the roles of workflows look`,
    );
    return [];
  }
}

/** Says what is missing, for a command that changes nothing. */
export function tellMissingSecrets(
  missing: readonly SecretPlan[],
  { environment }: Pick<ServicePlan, "environment">,
  { terminal }: Pick<World, "terminal">,
): void {
  if (missing.length > 0)
    terminal.err(`${missingText(missing, environment)}\n${fixes(missing, environment)}`);
}

/** @throws {LambdakitError} SECRET_MISSING */
export function requireSecrets(
  missing: readonly SecretPlan[],
  { environment }: Pick<ServicePlan, "environment">,
): void {
  const [first] = missing;
  if (first === undefined) return;
  throw new LambdakitError("SECRET_MISSING", {
    message: `${missingText(missing, environment)} Nothing was changed.`,
    fix: setCommand(first, environment),
  });
}

function missingText(missing: readonly SecretPlan[], environment: string): string {
  const which = missing
    .map(
      ({ key, readers }) =>
        `${key}, which ${readers.join(", ")} ${readers.length === 1 ? "reads" : "read"}`,
    )
    .join("; ");
  return `No value in ${environment}: ${which}.`;
}

function fixes(missing: readonly SecretPlan[], environment: string): string {
  return missing.map((one) => `fix: ${setCommand(one, environment)}`).join("\n");
}

function setCommand({ key }: SecretPlan, environment: string): string {
  return `lambdakit secret set ${key} --env ${environment}`;
}
