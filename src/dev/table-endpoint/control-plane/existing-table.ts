import { TableApiError } from "../../engine/index.ts";
import { TableError } from "../answers.ts";
import { type Input, objectOf, textOf } from "../calls/input.ts";
import type { Surroundings } from "./operation.ts";

/** A table that is there: its name, its ARN of the plan's, and the engine's description. */
export interface ExistingTable {
  readonly name: string;
  readonly arn: string;
  readonly description: Input;
}

/**
 * The table that a call names.
 * @throws {TableApiError} ValidationException, or `missing` where there is no such table
 */
export async function existingTable(
  { call, tables }: Surroundings,
  table: unknown,
  missing: "ResourceNotFoundException" | "TableNotFoundException" = "ResourceNotFoundException",
): Promise<ExistingTable> {
  const plan = tables();
  const TableName = plan.nameOf(textOf(table) ?? "");
  try {
    const { Table } = await call("DescribeTable", { TableName });
    return { name: TableName, arn: plan.arnOf(TableName), description: objectOf(Table) };
  } catch (error) {
    const isMissing = error instanceof TableApiError && error.name === "ResourceNotFoundException";
    if (!isMissing) throw error;
    throw new TableError(
      missing,
      missing === "TableNotFoundException"
        ? `Table not found: ${TableName}`
        : `Requested resource not found: Table: ${TableName} not found`,
    );
  }
}
