import type { AccessRequest } from "../../../evaluate/index.ts";
import { TableError } from "../answers.ts";
import { type Input, objectsOf, textOf } from "./input.ts";
import type { PlanTables } from "./plan-tables.ts";

/**
 * The access requests of PartiQL: one for each statement; undefined for every other operation.
 *
 * No manifest can grant these actions, so their condition keys are not worked out of the statement:
 * there is no `dynamodb:LeadingKeys`, and `dynamodb:FullTableScan` takes each SELECT for a full scan.
 *
 * @throws {TableError} ValidationException where it cannot be seen which table a statement is about
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html
 */
export function partiqlRequests(
  operation: string,
  input: Input,
  tables: PlanTables,
): AccessRequest[] | undefined {
  switch (operation) {
    case "ExecuteStatement":
      return [statementRequest(input, tables)];
    case "BatchExecuteStatement":
      return objectsOf(input.Statements).map((one) => statementRequest(one, tables));
    case "ExecuteTransaction":
      return objectsOf(input.TransactStatements).map((one) => statementRequest(one, tables));
    default:
      return undefined;
  }
}

const name = String.raw`("[^"]+"|[\w-]+)`;
const end = String.raw`(?=[\s;)]|$)`;
/** Whatever a list of attributes may be; a quoted name is one word, even with FROM in it. */
const anything = '(?:"[^"]*"|[^"])*?';

const forms = [
  [
    "PartiQLSelect",
    String.raw`(?:EXISTS\s*\(\s*)?SELECT\s${anything}\sFROM\s+${name}(?:\.${name})?`,
  ],
  ["PartiQLInsert", String.raw`INSERT\s+INTO\s+${name}`],
  ["PartiQLUpdate", String.raw`UPDATE\s+${name}`],
  ["PartiQLDelete", String.raw`DELETE\s+FROM\s+${name}`],
].map(([action, form]) => ({ action, form: new RegExp(String.raw`^\s*${form}${end}`, "i") }));

function statementRequest({ Statement }: Input, tables: PlanTables): AccessRequest {
  // A text in quotes can say FROM as well.
  const statement = (textOf(Statement) ?? "").replaceAll(/'(?:[^']|'')*'/g, "''");
  for (const { action, form } of forms) {
    const [, table, index] = form.exec(statement) ?? [];
    if (table === undefined) continue;
    return {
      action: `dynamodb:${action}`,
      resource: tables.arnOf(bare(table), index && bare(index)),
      context: action === "PartiQLSelect" ? { "dynamodb:FullTableScan": "true" } : {},
    };
  }
  throw new TableError(
    "ValidationException",
    "Statement wasn't well formed, can't be processed: it has to start with SELECT, INSERT INTO, UPDATE or DELETE FROM, and a table",
  );
}

function bare(name: string): string {
  return name.replaceAll('"', "");
}
