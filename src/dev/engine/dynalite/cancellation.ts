import { randomUUID } from "node:crypto";
import { TableApiError, tableApi } from "../table-api.ts";
import { type Item, readItem } from "./stored-item.ts";
import type { KeyedAction } from "./transaction-actions.ts";

/** What became of one action. `None` is DynamoDB's word for "nothing was wrong with it". */
export interface Reason {
  readonly Code: "None" | "ConditionalCheckFailed" | "ValidationError";
  readonly Message?: string;
  /** What the condition failed on, where that was asked for and there was something. */
  readonly Item?: Item;
}

/** At least one action failed, so none was done. */
export class TransactionCanceledError extends TableApiError {
  readonly reasons: readonly Reason[];

  constructor(reasons: readonly Reason[]) {
    const codes = reasons.map(({ Code }) => Code).join(", ");
    super(
      "TransactionCanceledException",
      `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    );
    this.reasons = reasons;
  }
}

/** @throws {TransactionCanceledError} */
export function throwIfCanceled(reasons: readonly Reason[]): void {
  if (reasons.some(({ Code }) => Code !== "None")) throw new TransactionCanceledError(reasons);
}

/**
 * Tries an action of a transaction, and says what became of it.
 * @throws {TableApiError} where the whole request is at fault, and not what it found in the table
 */
export async function reasonFor(
  endpoint: string,
  action: KeyedAction,
  attempt: () => Promise<unknown>,
): Promise<Reason> {
  try {
    await attempt();
    return { Code: "None" };
  } catch (error) {
    if (!(error instanceof TableApiError)) throw error;
    if (error.name === "ConditionalCheckFailedException") {
      const { parameters, key, wantsOldItem } = action;
      const old = wantsOldItem ? await readItem(endpoint, parameters.TableName, key) : undefined;
      const reason = { Code: "ConditionalCheckFailed", Message: error.message } as const;
      return old === undefined ? reason : { ...reason, Item: old };
    }
    const isOfItem =
      error.name === "ValidationException" && !(await isRefusedUnseen(endpoint, action));
    if (!isOfItem) throw error;
    return { Code: "ValidationError", Message: error.message };
  }
}

/**
 * Whether the action is refused for what it says, whatever is stored. Dynalite looks at that first,
 * so it then refuses it for a table that does not exist as well.
 */
async function isRefusedUnseen(
  endpoint: string,
  { kind, parameters }: KeyedAction,
): Promise<boolean> {
  const operation = kind === "ConditionCheck" ? "DeleteItem" : `${kind}Item`;
  try {
    await tableApi(endpoint, operation, { ...parameters, TableName: `none-${randomUUID()}` });
    return false;
  } catch (error) {
    return (error as Error).name === "ValidationException";
  }
}
