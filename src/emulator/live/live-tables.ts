import {
  type AccessDenied,
  ensureTable,
  startEngine,
  startTableEndpoint,
  type TableEndpoint,
  type TableEngine,
} from "../../dev/index.ts";
import { preparePolicies } from "../../evaluate/index.ts";
import type { FunctionPlan, TablePlan } from "../../plan/index.ts";
import type { Account } from "../deployed/account.ts";
import type { DeployedRole } from "../deployed/deployed-role.ts";

type Judge = ReturnType<typeof preparePolicies>;

/**
 * The tables on one engine, which keeps their items whatever is deployed meanwhile, and in front of it
 * the policies of the deployed roles, as they were read last.
 */
export class LiveTables {
  readonly #engine: TableEngine;
  readonly #judges = new Map<string, Judge>();
  #plan: {
    readonly accountId: string;
    readonly region: string;
    readonly tables: readonly TablePlan[];
    readonly functions: readonly FunctionPlan[];
  };
  #endpoint!: TableEndpoint;

  private constructor(engine: TableEngine, { accountId, region }: Account) {
    this.#engine = engine;
    this.#plan = { accountId, region, tables: [], functions: [] };
  }

  static async start(
    account: Account,
    onDenied: (denied: AccessDenied) => void,
  ): Promise<LiveTables> {
    const engine = await startEngine({ dataDirectory: undefined }, {});
    const tables = new LiveTables(engine, account);
    tables.#endpoint = await startTableEndpoint({
      engine: { endpoint: engine.endpoint, restarting: undefined },
      plan: () => tables.#plan,
      policy: true,
      judgeOf: (lambda) => (request) => (tables.#judges.get(lambda.role.name) as Judge)(request),
      onEvent: (event) => {
        if (event.type === "access-denied") onDenied(event);
      },
    });
    return tables;
  }

  get endpoint(): TableEndpoint {
    return this.#endpoint;
  }

  /** Makes those that are new. */
  async ensure(tables: readonly TablePlan[]): Promise<void> {
    for (const table of tables) await ensureTable(this.#engine.endpoint, table);
    this.#plan = { ...this.#plan, tables };
  }

  /** Lets a function's version in, whose key tells it apart from all others. */
  admit(lambda: FunctionPlan): void {
    this.#plan = { ...this.#plan, functions: [...this.#plan.functions, lambda] };
  }

  /** From now on this is what the role may do, for every version that has it. */
  judge({ name, policies, boundaries }: DeployedRole): void {
    this.#judges.set(name, preparePolicies(policies, { boundaries }));
  }

  /** The roles that decide here. */
  get roles(): readonly string[] {
    return [...this.#judges.keys()];
  }

  async stop(): Promise<void> {
    await this.#endpoint.close();
    await this.#engine.stop();
  }
}
