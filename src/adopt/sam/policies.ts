import type { TableAction } from "../../manifest/index.ts";
import { readStatements, tableActions } from "../cloudformation/statements.ts";
import { tableNamed } from "../cloudformation/variables.ts";
import type { AdoptedGrant, AdoptedTable } from "../model.ts";
import type { Ledger } from "../source/ledger.ts";
import { childOf, entriesOf, itemsOf, type Tree, textOf } from "../source/tree.ts";

/**
 * The policy templates of SAM that are about items, and what they allow of a table and all its indexes.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html (2026-11-27)
 */
const templates: Readonly<Record<string, readonly TableAction[]>> = {
  DynamoDBCrudPolicy: tableActions,
  DynamoDBReadPolicy: ["GetItem", "BatchGetItem", "Query", "Scan"],
  DynamoDBWritePolicy: ["PutItem", "UpdateItem", "BatchWriteItem"],
};

/** What every function of a manifest may do: write its log, and its traces. */
const given = [
  "AWSLambdaBasicExecutionRole",
  "AWSXrayWriteOnlyAccess",
  "AWSXRayDaemonWriteAccess",
] as const;

/** Reads `Policies` of a function: templates, documents, and names of managed ones. */
export function readPolicies(
  policies: Tree | undefined,
  tables: readonly AdoptedTable[],
  ledger: Ledger,
): AdoptedGrant[] {
  return itemsOf(policies).flatMap((policy) => {
    const statements = childOf(policy, "Statement");
    if (statements !== undefined) {
      ledger.carry(childOf(policy, "Version"), childOf(policy, "Id"));
      return readStatements(itemsOf(statements), tables, ledger);
    }
    if (policy.kind === "map") {
      return policy.entries.flatMap(({ key, value }) => readTemplate(key, value, tables, ledger));
    }
    const name = textOf(policy)?.replace(/^.*[/:]/, "");
    if (given.some((one) => one === name)) ledger.carry(policy);
    else {
      ledger.lose(
        policy,
        {
          why: "a managed policy allows more than any one function needs",
          instead:
            "write what the function needs under its tables; other services by Terraform of yours",
        },
        `policy ${name ?? ""}`.trim(),
      );
    }
    return [];
  });
}

function readTemplate(
  name: string,
  parameters: Tree,
  tables: readonly AdoptedTable[],
  ledger: Ledger,
): AdoptedGrant[] {
  const allow = Object.hasOwn(templates, name) ? templates[name] : undefined;
  const named = entriesOf(parameters).find(({ key }) => key === "TableName")?.value;
  const table = named === undefined ? undefined : tableNamed(named, tables);
  if (allow === undefined || table === undefined || named === undefined) {
    const [why, instead] =
      allow === undefined
        ? [
            "functions of a manifest get permissions for its tables and secrets",
            "add it to the function's role in Terraform of yours (lambdakit eject --only terraform)",
          ]
        : [
            "it is about a table that is not in this file",
            "declare the table with existing: true, and grant the function what it needs of it",
          ];
    ledger.lose(parameters, { why, instead }, `policy ${name}`);
    return [];
  }
  if (allow.includes("GetItem")) {
    ledger.lose(
      named,
      {
        why: "a grant is for operations on items",
        instead: "nothing, if the function does not ask what its table is like",
      },
      `${name}: dynamodb:DescribeTable`,
    );
  } else ledger.carry(named);
  const ofIndexes = allow.filter((one) => one === "Query" || one === "Scan");
  return [
    { table: table.id, allow },
    ...(ofIndexes.length === 0
      ? []
      : table.indexes.map((index) => ({ table: table.id, allow: ofIndexes, index: index.name }))),
  ];
}
