import { LambdakitError } from "../../../errors/index.ts";
import type { Access } from "../../../observe/index.ts";
import type { ServicePlan } from "../../../plan/index.ts";
import { openTables } from "../../../release/index.ts";
import type { Terminal } from "../../../system/index.ts";

/**
 * A plan with the tables that the service has in its environment now. Whoever may see figures need not be allowed to
 * read the artifact bucket: then tables are taken for called as service.ts says, and that is told.
 *
 * @throws {LambdakitError} as `awsError` says, but for AWS_NOT_ALLOWED
 */
export async function withOwnTables(
  plan: ServicePlan,
  access: Access,
  terminal: Terminal,
): Promise<ServicePlan> {
  try {
    return await openTables(plan, access).applyTo(plan);
  } catch (error) {
    if (!(error instanceof LambdakitError)) throw error;
    const { code } = error;
    // An account that nobody has prepared has no restored tables either.
    if (code === "TERRAFORM_NOT_BOOTSTRAPPED") return plan;
    if (code !== "AWS_NOT_ALLOWED") throw error;
    terminal.err(
      `${plan.deployment.artifactBucket} may not be read: tables are taken for called as service.ts says, as they are where none was restored.`,
    );
    return plan;
  }
}
