import { answered, isDone, refused } from "./aws-answer.ts";
import {
  type AwsAnswer,
  type AwsCall,
  type Json,
  objectOf,
  signedFor,
  type TableCall,
  tableCallOf,
  tableNameOf,
} from "./aws-call.ts";
import { backUpDeleted, listed, withType } from "./deleted-tables.ts";
import { type Ask, type Emulator, jsonOf, Refusal } from "./emulator.ts";
import { type FollowedTable, FollowedTables } from "./followed-tables.ts";
import { Outages } from "./outages.ts";
import { withWindow } from "./point-in-time.ts";
import { Replicas, type ReplicatedTable } from "./replicas.ts";
import { Restores } from "./restores.ts";
import { writtenBy } from "./written-items.ts";

export interface SimulationOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly mostChanges: number;
  readonly behindSeconds: number;
  readonly replicaLagMilliseconds: number;
  readonly replicated: readonly ReplicatedTable[];
}

/**
 * What is said to each call: what the emulator says, but where it would not be true. Of DynamoDB alone
 * anything is changed, and of that only recovery to a point in time, what is left of deleted tables, and replicas.
 */
export class Simulation {
  readonly #emulator: Emulator;
  readonly #options: SimulationOptions;
  readonly #tables: FollowedTables;
  readonly #restores: Restores;
  readonly #outages = new Outages();
  readonly #replicas: Replicas;

  constructor(emulator: Emulator, options: SimulationOptions) {
    this.#emulator = emulator;
    this.#options = options;
    this.#tables = new FollowedTables(options);
    this.#restores = new Restores(this.#tables, options);
    const { now, replicaLagMilliseconds: lagMilliseconds, replicated } = options;
    this.#replicas = new Replicas(
      {
        emulator,
        outages: this.#outages,
        now,
        lagMilliseconds,
        write: (scope, operation, input, ask) =>
          this.#tables.inOrder(async () => {
            await this.#tables.before(scope, operation, input, ask);
            const output = await ask(operation, input);
            await this.#tables.after({ scope, operation, input, output }, ask);
          }),
      },
      replicated,
    );
  }

  get tables(): readonly FollowedTable[] {
    return this.#tables.all();
  }

  async answer(call: AwsCall): Promise<AwsAnswer> {
    const asked = tableCallOf(call);
    const isOfFigures = signedFor(call.headers)?.service === "monitoring";
    if (asked === undefined && !isOfFigures) return this.#emulator.forward(call);
    const account = await this.#emulator.account(call.headers);
    const met = asked === undefined ? [] : tablesOf(asked);
    await this.#replicas.carry({ headers: call.headers, account }, met);
    if (asked === undefined) return this.#emulator.forward(call);
    const ask = this.#emulator.askAs(call.headers);
    try {
      return await this.#tableAnswer(call, asked, account, ask);
    } catch (error) {
      if (error instanceof Refusal) return refused(error);
      throw error;
    }
  }

  /** Nobody gets anywhere in these regions, and nothing from one of them to another, until they are none again. */
  lose(regions: readonly string[]): void {
    this.#outages.set(regions, this.#options.now());
  }

  /** Waits for the restores and the replicas that are under way. */
  async settle(): Promise<void> {
    await Promise.all([this.#restores.settle(), this.#replicas.settle()]);
  }

  async #tableAnswer(
    call: AwsCall,
    { operation, input, region }: TableCall,
    account: string,
    ask: Ask,
  ): Promise<AwsAnswer> {
    const name = tableNameOf(input.TableName);
    const scope = `${account}/${region}`;
    switch (operation) {
      case "RestoreTableToPointInTime":
        return answered(await this.#tables.inOrder(() => this.#restores.begin(scope, input, ask)));
      case "UpdateContinuousBackups":
        return this.#tables.inOrder(async () => {
          const answer = await this.#emulator.forward(call);
          if (isDone(answer)) {
            const { PointInTimeRecoverySpecification } = input;
            const isOn = objectOf(PointInTimeRecoverySpecification).PointInTimeRecoveryEnabled;
            const known = await this.#tables.follow(scope, name, ask);
            // Turned on once more, it stays as it is; turned off, everything is forgotten.
            if (isOn !== true || known === undefined) this.#tables.forget(scope, name);
            await this.#tables.follow(scope, name, ask);
          }
          return this.#patched(answer, (output) => this.#withWindow(scope, name, output, ask));
        });
      case "DescribeContinuousBackups":
        return this.#patched(await this.#emulator.forward(call), (output) =>
          this.#tables.inOrder(() => this.#withWindow(scope, name, output, ask)),
        );
      case "DeleteTable":
        return this.#tables.inOrder(async () => {
          const answer = await this.#delete(call, scope, name, ask);
          if (isDone(answer)) this.#replicas.of(account, name)?.leave(region);
          return answer;
        });
      case "DescribeTable":
        return this.#patched(await this.#emulator.forward(call), async (output) =>
          this.#withReplicas(account, region, name, this.#restores.described(scope, name, output)),
        );
      case "UpdateTable":
        if (input.ReplicaUpdates === undefined) return this.#emulator.forward(call);
        await this.#replicas.update(
          { headers: call.headers, account },
          region,
          name,
          input.ReplicaUpdates,
        );
        return this.#patched(await this.#emulator.forward(call), async (output) =>
          this.#withReplicas(account, region, name, output),
        );
      case "ListBackups":
        return this.#patched(await this.#emulator.forward(call), async (output) =>
          listed(output, input),
        );
      case "DescribeBackup":
        return this.#patched(await this.#emulator.forward(call), async (output) => {
          const description = objectOf(output.BackupDescription);
          const details = withType(objectOf(description.BackupDetails));
          return { BackupDescription: { ...description, BackupDetails: details } };
        });
      case "CreateTable":
      case "RestoreTableFromBackup":
        this.#tables.forget(scope, String(input.TargetTableName ?? name));
        return this.#emulator.forward(call);
      default:
        return writes.test(operation)
          ? this.#tables.inOrder(async () => {
              await this.#tables.before(scope, operation, input, ask);
              const answer = await this.#emulator.forward(call);
              if (isDone(answer)) {
                const output = jsonOf(answer.body);
                await this.#tables.after({ scope, operation, input, output }, ask);
              }
              return answer;
            })
          : this.#emulator.forward(call);
    }
  }

  async #withWindow(scope: string, name: string, output: Json, ask: Ask): Promise<Json> {
    const table = await this.#tables.follow(scope, name, ask);
    return table === undefined
      ? output
      : withWindow(output, this.#restores.windowOf(table, output));
  }

  #withReplicas(account: string, region: string, name: string, output: Json): Json {
    return this.#replicas.of(account, name)?.described(region, output) ?? output;
  }

  async #delete(call: AwsCall, scope: string, name: string, ask: Ask): Promise<AwsAnswer> {
    const table = await this.#tables.follow(scope, name, ask);
    const backup = table === undefined ? undefined : await backUpDeleted(name, ask);
    const answer = await this.#emulator.forward(call);
    if (isDone(answer)) {
      this.#tables.forget(scope, name);
      this.#restores.forget(scope, name);
    } else if (backup !== undefined) {
      await ask("DeleteBackup", { BackupArn: backup });
    }
    return answer;
  }

  async #patched(answer: AwsAnswer, change: (output: Json) => Promise<Json>): Promise<AwsAnswer> {
    return isDone(answer) ? answered(await change(jsonOf(answer.body)), answer.headers) : answer;
  }
}

/** The tables that a call is about. */
function tablesOf({ operation, input }: TableCall): string[] {
  const written = writtenBy(operation, input, {}) ?? [];
  return [tableNameOf(input.TableName), ...written.map(({ table }) => table)];
}

/** Of the operations of DynamoDB, those that can write items. */
const writes = /^(Put|Update|Delete|BatchWrite|TransactWrite)Items?$|^(BatchE|E)xecute/;
