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
  where: Where,
  { terminal }: Pick<World, "terminal">,
): void {
  if (missing.length > 0) terminal.err(`${missingText(missing, where)}\n${fixes(missing, where)}`);
}

/** @throws {LambdakitError} SECRET_MISSING */
export function requireSecrets(missing: readonly SecretPlan[], where: Where): void {
  const [first] = missing;
  if (first === undefined) return;
  throw new LambdakitError("SECRET_MISSING", {
    message: `${missingText(missing, where)} Nothing was changed.`,
    fix: setCommand(first, where),
  });
}

type Where = Pick<ServicePlan, "environment" | "place" | "region">;

function missingText(
  missing: readonly SecretPlan[],
  { environment, place, region }: Where,
): string {
  const which = missing
    .map(
      ({ key, readers }) =>
        `${key}, which ${readers.join(", ")} ${readers.length === 1 ? "reads" : "read"}`,
    )
    .join("; ");
  const there = place === "standby" ? `${environment}, ${region}` : environment;
  return `No value in ${there}: ${which}.`;
}

function fixes(missing: readonly SecretPlan[], where: Where): string {
  return missing.map((one) => `fix: ${setCommand(one, where)}`).join("\n");
}

/** `secret set` gives values where callers are; what stands by has the same names in stores of its own region. */
function setCommand(
  { key, name, store }: SecretPlan,
  { environment, place, region }: Where,
): string {
  if (place === "primary") return `lambdakit secret set ${key} --env ${environment}`;
  const from = "file:///dev/stdin";
  return store === "ssm"
    ? `aws ssm put-parameter --region ${region} --type SecureString --name ${name} --value ${from}`
    : `aws secretsmanager create-secret --region ${region} --name ${name} --secret-string ${from}`;
}
