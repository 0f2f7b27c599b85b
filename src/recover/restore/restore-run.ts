import type { TableSettings } from "../../aws/index.ts";
import type {
  Consent,
  OperationRecord,
  ReleaseEnvironment,
  RestoreChoice,
  RestoreSteps,
} from "../../release/index.ts";
import type { Verification } from "../../verify/index.ts";
import type { RecoveryGateways } from "../gateways.ts";
import type { Patience } from "../pause.ts";
import type { PlannedRestore } from "./plan-restore.ts";
import type { OpenRestoreStack } from "./restore-stack.ts";

export interface RestoreOptions extends Patience {
  readonly consent: Consent;
  /** Prepares Terraform for the live release. */
  readonly openStack: OpenRestoreStack;
  /** Settings that are never taken: an emulator lacks some. @default none */
  readonly lacking?: readonly (keyof TableSettings)[];
  /**
   * Counts the restored table, and holds it against the one that it replaces, where that is there.
   *
   * @returns what was seen, as it is to be written down
   */
  readonly compare?: ((choice: RestoreChoice) => Promise<unknown>) | undefined;
  /** Looks whether the service does what it promises; left out where nobody looks. */
  readonly verify?: ((url: string | null) => Promise<Verification>) | undefined;
  /** Told of each step when it is done, in the past tense. */
  readonly onStep: (what: string) => void;
}

/** A restore that is being carried out. */
export interface RestoreRun {
  readonly environment: ReleaseEnvironment;
  readonly gateways: RecoveryGateways;
  readonly record: OperationRecord;
  readonly planned: PlannedRestore;
  readonly choice: RestoreChoice;
  /** What is done of it, by this command and those before. */
  steps: RestoreSteps;
  readonly options: RestoreOptions;
  /** Writes a step down, and says so. */
  readonly done: <Name extends keyof RestoreSteps>(
    name: Name,
    step: NonNullable<RestoreSteps[Name]>,
    what: string,
  ) => Promise<void>;
}
