import { camelCase } from "../keys.ts";
import type { AdoptedIndex, AdoptedKey, AdoptedTable } from "../model.ts";
import type { Ledger } from "../source/ledger.ts";
import { booleanOf, childOf, entriesOf, itemsOf, type Tree, textOf } from "../source/tree.ts";

/** The types of resources that become tables. */
export const tableTypes = [
  "AWS::DynamoDB::Table",
  "AWS::DynamoDB::GlobalTable",
  "AWS::Serverless::SimpleTable",
] as const;

/**
 * Reads a DynamoDB table: its keys, its indexes, its time to live. What a manifest's table is anyway, such as
 * on-demand and backed up, is carried over where the source says the same.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html (2026-11-27)
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html (2026-11-27)
 * @returns undefined where its key is not known: it is listed then
 */
export function readTable(id: string, resource: Tree, ledger: Ledger): AdoptedTable | undefined {
  const properties = childOf(resource, "Properties");
  const isSimple = textOf(childOf(resource, "Type")) === "AWS::Serverless::SimpleTable";
  const keys = isSimple ? simpleKey(properties, ledger) : keysOf(properties, properties, ledger);
  if (keys === undefined) {
    ledger.lose(resource, unreadableKey, `table ${id}`);
    return undefined;
  }
  ledger.carry(childOf(resource, "Type"), childOf(resource, "DeletionPolicy"));
  ledger.carry(childOf(resource, "UpdateReplacePolicy"));
  const timeToLiveAttribute = timeToLive(properties, ledger);
  const indexes = itemsOf(childOf(properties, "GlobalSecondaryIndexes")).flatMap((one) =>
    readIndex(one, properties, ledger),
  );
  const definitions = itemsOf(childOf(properties, "AttributeDefinitions"));
  for (const one of definitions) {
    ledger.carry(childOf(one, "AttributeName"), childOf(one, "AttributeType"));
  }
  carryWhatIsSo(properties, ledger);
  return {
    id,
    key: camelCase(
      id
        .replace(/(?:dynamo|ddb|db|table)+$/i, "")
        .replace(/^(?:Dynamo|DynamoDB|DDB)(?=[A-Z])/, "") || id,
    ),
    name: nameOf(childOf(properties, "TableName"), ledger),
    ...keys,
    ...(timeToLiveAttribute === undefined ? {} : { timeToLiveAttribute }),
    indexes,
  };
}

interface Keys {
  readonly partitionKey: AdoptedKey;
  readonly sortKey?: AdoptedKey;
}

const unreadableKey = {
  why: "its key is not written in the file",
  instead: "add the table to tables in service.ts, with its partitionKey",
};

function nameOf(tree: Tree | undefined, ledger: Ledger): string | undefined {
  if (tree === undefined) return undefined;
  const name = textOf(tree);
  if (name === undefined || !/^(?:[\w.-]|\{environment\})+$/.test(name)) {
    ledger.lose(tree, {
      why: "it is made of what is only known when the stack is made",
      instead: "the table has a name of lambdakit's; write its own as name, if it has to stay",
    });
    return undefined;
  }
  if (!name.includes("{environment}")) {
    ledger.lose(
      tree,
      {
        why: "it would be the table of all three environments",
        instead: `it is ${name}-{environment} now; write another name if that is not right`,
      },
      `TableName: ${name}`,
    );
    return `${name}-{environment}`;
  }
  ledger.carry(tree);
  return name;
}

/** @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-simpletable-primarykeyobject.html (2026-11-27) */
function simpleKey(properties: Tree | undefined, ledger: Ledger): Keys | undefined {
  const key = childOf(properties, "PrimaryKey");
  const types = { String: "S", Number: "N", Binary: "B" } as const;
  const stated = textOf(childOf(key, "Type")) ?? "String";
  if (!Object.hasOwn(types, stated)) return undefined;
  ledger.carry(childOf(key, "Name"), childOf(key, "Type"));
  const type = types[stated as keyof typeof types];
  return { partitionKey: { name: textOf(childOf(key, "Name")) ?? "id", type } };
}

function keysOf(from: Tree | undefined, table: Tree | undefined, ledger: Ledger): Keys | undefined {
  const schema = itemsOf(childOf(from, "KeySchema"));
  const keyOf = (role: string) => {
    const name = textOf(
      childOf(
        schema.find((one) => textOf(childOf(one, "KeyType"))?.toUpperCase() === role),
        "AttributeName",
      ),
    );
    const type = name === undefined ? undefined : typeOf(name, table);
    return name === undefined || type === undefined ? undefined : { name, type };
  };
  const partitionKey = keyOf("HASH");
  if (partitionKey === undefined) return undefined;
  const hasSortKey = schema.some(
    (one) => textOf(childOf(one, "KeyType"))?.toUpperCase() === "RANGE",
  );
  const sortKey = keyOf("RANGE");
  if (hasSortKey && sortKey === undefined) return undefined;
  for (const one of schema) ledger.carry(childOf(one, "AttributeName"), childOf(one, "KeyType"));
  return sortKey === undefined ? { partitionKey } : { partitionKey, sortKey };
}

function typeOf(name: string, table: Tree | undefined): AdoptedKey["type"] | undefined {
  const definition = itemsOf(childOf(table, "AttributeDefinitions")).find(
    (one) => textOf(childOf(one, "AttributeName")) === name,
  );
  const type = textOf(childOf(definition, "AttributeType"));
  return type === "S" || type === "N" || type === "B" ? type : undefined;
}

function timeToLive(properties: Tree | undefined, ledger: Ledger): string | undefined {
  const specification = childOf(properties, "TimeToLiveSpecification");
  const attribute = childOf(specification, "AttributeName");
  const enabled = childOf(specification, "Enabled");
  if (booleanOf(enabled) === false || textOf(attribute) === undefined) return undefined;
  ledger.carry(attribute, enabled);
  return textOf(attribute);
}

function readIndex(index: Tree, table: Tree | undefined, ledger: Ledger): AdoptedIndex[] {
  const name = textOf(childOf(index, "IndexName"));
  const keys = keysOf(index, table, ledger);
  if (name === undefined || keys === undefined) {
    ledger.lose(index, unreadableKey);
    return [];
  }
  ledger.carry(childOf(index, "IndexName"));
  const projection = childOf(index, "Projection");
  const projected = childOf(projection, "ProjectionType");
  if (textOf(projected) === "ALL") ledger.carry(projected);
  else if (projection !== undefined) {
    ledger.lose(projection, {
      why: "an index of a manifest has all attributes of an item",
      instead: "nothing, but a larger index; what reads it gets more than it did",
    });
  }
  const throughput = childOf(index, "ProvisionedThroughput");
  if (throughput !== undefined) ledger.lose(throughput, onDemand);
  return [{ name, ...keys }];
}

const onDemand = {
  why: "tables of a manifest are on-demand: nothing is provisioned",
  instead: "nothing, but compare what it costs: lambdakit cost",
};

/** What `terraform/modules/table` gives every table, and what is another way to say the same. */
function carryWhatIsSo(properties: Tree | undefined, ledger: Ledger): void {
  const of = (...keys: string[]) => childOf(properties, ...keys);
  if (textOf(of("BillingMode")) === "PAY_PER_REQUEST") ledger.carry(of("BillingMode"));
  for (const one of ["BillingMode", "ProvisionedThroughput"]) {
    const stated = of(one);
    if (stated !== undefined && textOf(stated) !== "PAY_PER_REQUEST") ledger.lose(stated, onDemand);
  }
  for (const keys of [
    ["PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"],
    ["SSESpecification", "SSEEnabled"],
    ["DeletionProtectionEnabled"],
  ]) {
    const stated = of(...keys);
    if (booleanOf(stated) === true) ledger.carry(stated);
    else if (stated !== undefined) {
      ledger.lose(stated, {
        why: "tables of a manifest are encrypted, backed up and, in prod, protected",
        instead: "nothing",
      });
    }
  }
  for (const { key, value } of entriesOf(of("SSESpecification"))) {
    if (key === "SSEType" && textOf(value) === "KMS") ledger.carry(value);
  }
}
