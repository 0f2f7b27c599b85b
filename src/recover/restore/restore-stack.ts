import type { ServicePlan } from "../../plan/index.ts";
import type { PlannedStack } from "../../release/index.ts";

/** A table that Terraform is to take over, by its key in the manifest and its name. */
export interface TakenOverTable {
  readonly key: string;
  readonly name: string;
}

/** What Terraform does for a restore. */
export interface RestoreStack extends PlannedStack {
  /** Lets the state forget the table that stands at this key, unless it is the one that is to stand there. */
  takeOver(table: TakenOverTable): Promise<void>;
  /** Whether there is nothing to do any more. */
  isEmpty(): Promise<boolean>;
}

/** @param table left out where none is taken over */
export type OpenRestoreStack = (
  plan: ServicePlan,
  table: TakenOverTable | undefined,
) => Promise<RestoreStack>;
