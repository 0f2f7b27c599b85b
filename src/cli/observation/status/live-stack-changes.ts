import type { Access, StatusPorts } from "../../../observe/index.ts";
import type { LoadedService } from "../../../package/index.ts";
import type { ServicePlan } from "../../../plan/index.ts";
import { liveRelease } from "../../../release/index.ts";
import type { Change } from "../../../terraform/index.ts";
import type { World } from "../../command.ts";
import { timedSteps } from "../../step-text.ts";

/**
 * What Terraform would change to have an environment as the live release made it. Nothing where none is live.
 *
 * @throws {LambdakitError} as `terraformFailure` says
 */
export async function liveStackChanges(
  { directory }: LoadedService,
  { releases, history }: StatusPorts["environment"],
  { environment }: ServicePlan,
  { profile }: Access,
  { terminal, interrupted }: World,
): Promise<readonly Change[]> {
  const { findTerraform, openServiceStack } = await import("../../../terraform/index.ts");
  const terraform = await findTerraform();
  const live = liveRelease(await history.read());
  if (live === null) return [];
  const { release, plan } = await releases.view(live, environment);
  const run = await openServiceStack({
    terraform,
    directory,
    plan,
    artifacts: release.artifacts,
    interrupted,
    profile,
    onStep: timedSteps(terminal),
  });
  if (run.stackSha256 !== release.stackSha256) {
    terminal.err(
      "The modules are other ones than the release was made with: what differs may come from them.",
    );
  }
  return run.plan();
}
