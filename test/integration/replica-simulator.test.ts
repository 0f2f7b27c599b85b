/** Replicas of tables, as the simulator has them in front of the emulator, which has none. */
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Credentials, Metrics, ReplicatedTables } from "../../src/aws/index.ts";
import { type Simulator, startSimulator } from "../../src/drill/index.ts";
import { enterAccount } from "../../src/emulator/deployed/account.ts";
import { findMoto, type Moto, startMoto } from "../../src/emulator/start-moto.ts";
import { replicationQueries } from "../../src/recover/failover/replication.ts";
import { isLacking } from "../terraform.ts";

const home = "af-south-1";
const away = "eu-west-1";
const lagMilliseconds = 60_000;
let tables = 0;

describe.skipIf(isLacking(findMoto(), "The simulator has no emulator behind it"))(
  "replicas behind the simulator",
  { timeout: 60_000 },
  () => {
    let moto: Moto;
    let simulator: Simulator;
    let credentials: Credentials;
    const clients: DynamoDBClient[] = [];
    let here: DynamoDBClient;
    let there: DynamoDBClient;
    /** The minutes that nobody waits for. */
    let skipped = 0;
    const lagIsOver = async () => {
      // What was written is met before the time goes on.
      await there.send(new ListTablesCommand({}));
      skipped += lagMilliseconds;
    };
    const declared = Array.from({ length: 20 }, (_, index) => `orders-${index + 1}`);

    beforeAll(async () => {
      moto = await startMoto(home, undefined, false);
      ({ credentials } = await enterAccount(moto, "111122223333", home));
      simulator = await startSimulator({
        emulator: moto.url,
        now: () => Date.now() + skipped,
        replicaLagMilliseconds: lagMilliseconds,
        replicated: declared.map((table) => ({ table, regions: [home, away] })),
      });
      const client = (region: string, endpoint = simulator.url) => {
        const made = new DynamoDBClient({ region, endpoint, credentials, maxAttempts: 1 });
        clients.push(made);
        return made;
      };
      here = client(home);
      there = client(away);
    }, 60_000);

    afterAll(async () => {
      for (const client of clients) client.destroy();
      await simulator?.stop();
      await moto?.stop();
    });

    const make = async (TableName: string, client: DynamoDBClient) => {
      await client.send(
        new CreateTableCommand({
          TableName,
          KeySchema: [{ AttributeName: "PK", KeyType: "HASH" }],
          AttributeDefinitions: [
            { AttributeName: "PK", AttributeType: "S" },
            { AttributeName: "kind", AttributeType: "S" },
          ],
          GlobalSecondaryIndexes: [
            {
              IndexName: "by-kind",
              KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
              Projection: { ProjectionType: "ALL" },
            },
          ],
          BillingMode: "PAY_PER_REQUEST",
        }),
      );
    };
    /** A table in both regions, as the emulator has it after Terraform. */
    const inBoth = async () => {
      const name = `orders-${++tables}`;
      await make(name, here);
      await make(name, there);
      return name;
    };
    const put = (client: DynamoDBClient, TableName: string, PK: string, n: number) =>
      client.send(new PutItemCommand({ TableName, Item: { PK: { S: PK }, n: { N: String(n) } } }));
    /** `a=1 b=2` */
    const held = async (TableName: string, client: DynamoDBClient) => {
      const { Items = [] } = await client.send(new ScanCommand({ TableName }));
      return Items.map(({ PK, n }) => `${PK?.S}=${n?.N}`)
        .sort()
        .join(" ");
    };
    const access = () => ({ endpoint: simulator.url, credentials });

    it("are made by UpdateTable: first CREATING, then ACTIVE with every item, key and index", async () => {
      const TableName = "shop-1";
      await make(TableName, here);
      await put(here, TableName, "a", 1);
      const { TableDescription } = await here.send(
        new UpdateTableCommand({
          TableName,
          ReplicaUpdates: [{ Create: { RegionName: away } }],
        }),
      );
      expect(TableDescription).toMatchObject({
        TableName,
        TableStatus: "UPDATING",
        GlobalTableVersion: "2019.11.21",
        Replicas: [{ RegionName: away, ReplicaStatus: "CREATING" }],
      });
      const replicas = new ReplicatedTables(home, access());
      await expect
        .poll(() => replicas.read(TableName))
        .toMatchObject({ status: "ACTIVE", replicas: { [away]: "ACTIVE" } });
      const { Table } = await there.send(new DescribeTableCommand({ TableName }));
      expect(Table).toMatchObject({
        TableStatus: "ACTIVE",
        KeySchema: [{ AttributeName: "PK", KeyType: "HASH" }],
        GlobalSecondaryIndexes: [{ IndexName: "by-kind" }],
        Replicas: [{ RegionName: home, ReplicaStatus: "ACTIVE" }],
      });
      expect(await held(TableName, there)).toBe("a=1");
      await put(there, TableName, "b", 2);
      await lagIsOver();
      expect(await held(TableName, here)).toBe("a=1 b=2");
    });

    it("are refused in AWS's words where there is a table, or none to be deleted", async () => {
      const name = await inBoth();
      const update = (change: "Create" | "Delete", TableName: string, RegionName: string) =>
        here.send(
          new UpdateTableCommand({ TableName, ReplicaUpdates: [{ [change]: { RegionName } }] }),
        );
      await expect(update("Create", name, away)).rejects.toMatchObject({
        name: "ValidationException",
        message: expect.stringContaining("one or more replicas already existed as tables"),
      });
      await expect(update("Delete", name, "eu-central-1")).rejects.toMatchObject({
        name: "ValidationException",
        message: expect.stringContaining("were not part of the global table"),
      });
      await update("Delete", name, away);
      const { Table } = await here.send(new DescribeTableCommand({ TableName: name }));
      expect(Table?.Replicas).toEqual([]);
      await expect(there.send(new DescribeTableCommand({ TableName: name }))).rejects.toMatchObject(
        { name: "ResourceNotFoundException" },
      );
    });

    it("get what is written in either region, by every kind of call, when its time is over and no earlier", async () => {
      const name = await inBoth();
      await put(here, name, "a", 1);
      await put(there, name, "z", 9);
      expect([await held(name, here), await held(name, there)]).toEqual(["a=1", "z=9"]);
      await lagIsOver();
      expect([await held(name, here), await held(name, there)]).toEqual(["a=1 z=9", "a=1 z=9"]);

      const item = (PK: string) => ({ PK: { S: PK }, n: { N: "2" } });
      await here.send(
        new BatchWriteItemCommand({
          RequestItems: { [name]: [{ PutRequest: { Item: item("b") } }] },
        }),
      );
      await here.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: { TableName: name, Item: item("c") } }],
        }),
      );
      await here.send(
        new UpdateItemCommand({
          TableName: name,
          Key: { PK: { S: "a" } },
          UpdateExpression: "SET n = :n",
          ExpressionAttributeValues: { ":n": { N: "3" } },
        }),
      );
      await here.send(
        new ExecuteStatementCommand({
          Statement: `INSERT INTO "${name}" VALUE {'PK': 'd', 'n': 4}`,
        }),
      );
      await there.send(new DeleteItemCommand({ TableName: name, Key: { PK: { S: "z" } } }));
      await lagIsOver();
      const all = "a=3 b=2 c=2 d=4";
      expect([await held(name, here), await held(name, there)]).toEqual([all, all]);
    });

    it("keep what was written last, the same in both, whatever arrives when", async () => {
      const name = await inBoth();
      await put(here, name, "a", 1);
      await put(there, name, "a", 2);
      await put(there, name, "b", 1);
      await put(here, name, "b", 2);
      await lagIsOver();
      for (const client of [here, there]) expect(await held(name, client)).toBe("a=2 b=2");
      await lagIsOver();
      for (const client of [here, there]) expect(await held(name, client)).toBe("a=2 b=2");
    });

    it("lack what was on its way when a region was lost, and get it when that is back", async () => {
      const name = await inBoth();
      await put(here, name, "early", 1);
      await lagIsOver();
      await put(here, name, "late", 1);
      simulator.lose([home]);
      await expect(put(here, name, "refused", 1)).rejects.toThrow();
      await put(there, name, "meanwhile", 2);
      await lagIsOver();
      expect(await held(name, there)).toBe("early=1 meanwhile=2");
      simulator.lose([]);
      expect(await held(name, here)).toBe("early=1 late=1");
      await lagIsOver();
      const all = "early=1 late=1 meanwhile=2";
      expect([await held(name, here), await held(name, there)]).toEqual([all, all]);
    });

    it("tell CloudWatch how long it took, where it was written", async () => {
      const name = await inBoth();
      await put(here, name, "a", 1);
      const metrics = new Metrics(home, access());
      const read = async () => {
        const end = new Date(Date.now() + skipped + 120_000);
        const window = { from: new Date(end.getTime() - 600_000), to: end, periodSeconds: 60 };
        const figures = await metrics.read(replicationQueries(name, away), window);
        return ["behind", "written"].map((id) => figures.get(id)?.map(({ value }) => value));
      };
      expect(await read()).toEqual([[], [1]]);
      await lagIsOver();
      expect(await read()).toEqual([[lagMilliseconds], [1]]);
    });

    it("are none any more where the table was deleted", async () => {
      const name = await inBoth();
      await put(here, name, "a", 1);
      await there.send(new DeleteTableCommand({ TableName: name }));
      await lagIsOver();
      const { Table } = await here.send(new DescribeTableCommand({ TableName: name }));
      expect(Table?.Replicas).toEqual([]);
      expect(await held(name, here)).toBe("a=1");
    });
  },
);
