import type { Change, StackRun, TerraformProgram } from "../../terraform/index.ts";
import type { World } from "../command.ts";
import { showChanges } from "./show-changes.ts";
import type { Target } from "./target.ts";

/** What became of one region of the account, or would. */
export interface Prepared {
  readonly region: string;
  readonly changes: readonly Change[];
  /** Null where it is only planned. */
  readonly outputs: Readonly<Record<string, unknown>> | null;
}

/** Both regions of an account; where nothing stands by, one is null. */
export interface PreparedAccount {
  readonly account: Prepared;
  readonly recoveryRegion: Prepared | null;
}

/** Makes what an account needs before its first deploy, and changes only what differs. */
export async function prepareAccount(
  { service, plan, done }: Pick<Target, "service" | "plan" | "done">,
  world: World,
  terraform: TerraformProgram,
  planOnly = false,
): Promise<PreparedAccount> {
  const { openAccountStack, openRecoveryRegionStack } = await import("../../terraform/index.ts");
  const options = {
    terraform,
    directory: service.directory,
    plan,
    planOnly,
    interrupted: world.interrupted,
    onStep: done,
  };
  const prepare = async (region: string, run: StackRun): Promise<Prepared> => {
    const changes = await run.plan();
    if (planOnly) return { region, changes, outputs: null };
    showChanges(run, changes, world);
    if (changes.length > 0) await run.apply();
    return { region, changes, outputs: await run.outputs() };
  };
  // First what the account's stack copies its buckets to.
  const there = await openRecoveryRegionStack(options);
  const { standby } = plan.recovery;
  const recoveryRegion = there && standby && (await prepare(standby.region, there));
  return { account: await prepare(plan.region, await openAccountStack(options)), recoveryRegion };
}
