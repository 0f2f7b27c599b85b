import { Bucket } from "../../aws/index.ts";
import { openTables } from "../../release/index.ts";
import type { Input, World } from "../command.ts";
import { openAccount, type Target } from "../deployment/target.ts";

/** As `openTarget` does; and where a drill has emptied the account, tables are called as the manifest says. */
export async function openDrilled(input: Input, world: World): Promise<Target> {
  const target = await openAccount(input, world);
  const { deployment, region } = target.plan;
  const isThere = await new Bucket(deployment.artifactBucket, region).exists();
  if (!isThere) return target;
  return { ...target, plan: await openTables(target.plan).applyTo(target.plan) };
}
