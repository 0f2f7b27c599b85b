import type { KeyPlan, TablePlan } from "../../plan/index.ts";
import type { Account } from "./account.ts";

interface KeySchema {
  readonly AttributeName: string;
  readonly KeyType: "HASH" | "RANGE";
}

interface Index {
  readonly IndexName: string;
  readonly IndexArn: string;
  readonly KeySchema: readonly KeySchema[];
}

interface Table {
  readonly TableName: string;
  readonly TableArn: string;
  readonly KeySchema: readonly KeySchema[];
  readonly AttributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: KeyPlan["type"];
  }[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
}

const from = "what is deployed";

/** The account's tables, in the form that local engines are given them. */
export async function readTables(account: Account): Promise<TablePlan[]> {
  const { TableNames } = await account.table("ListTables", {});
  return Promise.all(TableNames.map((name: string) => readTable(account, name)));
}

/** Which tables there are, as one text: another one says that some came or went. */
export async function readTableNames(account: Account): Promise<string> {
  return (await account.table("ListTables", {})).TableNames.join(" ");
}

async function readTable(account: Account, name: string): Promise<TablePlan> {
  const { Table }: { Table: Table } = await account.table("DescribeTable", { TableName: name });
  const { TimeToLiveDescription } = await account.table("DescribeTimeToLive", { TableName: name });
  const types = new Map(
    Table.AttributeDefinitions.map((one) => [one.AttributeName, one.AttributeType]),
  );
  const keysOf = (schema: readonly KeySchema[]) => {
    const find = (type: KeySchema["KeyType"]): KeyPlan | null => {
      const key = schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
      if (key === undefined) return null;
      return { name: key, type: types.get(key) as KeyPlan["type"] };
    };
    return { partitionKey: find("HASH") as KeyPlan, sortKey: find("RANGE") };
  };
  return {
    key: name,
    name,
    arn: Table.TableArn,
    variable: "",
    ...keysOf(Table.KeySchema),
    existing: false,
    timeToLiveAttribute: TimeToLiveDescription?.AttributeName ?? null,
    indexes: (Table.GlobalSecondaryIndexes ?? []).map((index) => ({
      name: index.IndexName,
      arn: index.IndexArn,
      ...keysOf(index.KeySchema),
      from,
    })),
    from,
  };
}
