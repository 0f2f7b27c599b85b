import { objectOf, objectsOf } from "./aws-call.ts";
import type { Ask } from "./emulator.ts";
import type { ItemWrite } from "./global-table.ts";

/** The stream of a table in one region, read from now on: whoever writes is heard, through the simulator or not. */
export class TableStream {
  #iterator: string;

  private constructor(iterator: string) {
    this.#iterator = iterator;
  }

  /** Switches the stream on where it is off, as DynamoDB does for a table that gets a replica. */
  static async open(name: string, ask: Ask): Promise<TableStream> {
    const StreamArn = (await arnOf(name, ask)) ?? (await switchOn(name, ask));
    const { StreamDescription } = await ask("DescribeStream", { StreamArn });
    const [shard] = objectsOf(objectOf(StreamDescription).Shards);
    const { ShardIterator } = await ask("GetShardIterator", {
      StreamArn,
      ShardId: shard?.ShardId,
      ShardIteratorType: "LATEST",
    });
    return new TableStream(String(ShardIterator));
  }

  /**
   * What was written since it was read last, in order.
   *
   * @param now of the simulator, in milliseconds since 1970: the emulator's clock is this machine's
   */
  async read(ask: Ask, now: number): Promise<ItemWrite[]> {
    const writes: ItemWrite[] = [];
    const ahead = now - Date.now();
    for (;;) {
      const { Records, NextShardIterator } = await ask("GetRecords", {
        ShardIterator: this.#iterator,
      });
      this.#iterator = String(NextShardIterator);
      const records = objectsOf(Records);
      if (records.length === 0) return writes;
      for (const { dynamodb } of records) {
        const { ApproximateCreationDateTime, Keys, NewImage } = objectOf(dynamodb);
        writes.push({
          at: Math.round(Number(ApproximateCreationDateTime) * 1_000) + ahead,
          key: objectOf(Keys),
          item: NewImage === undefined ? null : objectOf(NewImage),
        });
      }
    }
  }
}

async function arnOf(name: string, ask: Ask): Promise<unknown> {
  const { Table } = await ask("DescribeTable", { TableName: name });
  const { StreamSpecification, LatestStreamArn } = objectOf(Table);
  return objectOf(StreamSpecification).StreamEnabled === true ? LatestStreamArn : undefined;
}

async function switchOn(name: string, ask: Ask): Promise<unknown> {
  await ask("UpdateTable", {
    TableName: name,
    StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
  });
  return arnOf(name, ask);
}
