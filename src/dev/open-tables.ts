import type { ServicePlan } from "../plan/index.ts";
import type { DevEvent } from "./dev-event.ts";
import {
  countItems,
  deleteTable,
  ensureTable,
  startEngine,
  superviseEngine,
} from "./engine/index.ts";
import {
  type CallerCredentials,
  type Callers,
  type Chaos,
  type JudgeOf,
  startTableEndpoint,
  stillLacking,
} from "./table-endpoint/index.ts";

export interface OpenTablesOptions {
  /** The plan that is served now. */
  readonly plan: () => ServicePlan;
  /** Where data is kept between runs; undefined in memory. */
  readonly dataDirectory: string | undefined;
  /** `DYNAMODB_ENDPOINT` names an engine that somebody else runs. */
  readonly env: NodeJS.ProcessEnv;
  /** Delete the data that was kept. */
  readonly reset: boolean;
  readonly policy: boolean;
  readonly judgeOf?: JudgeOf;
  readonly chaos: Chaos | undefined;
  /** Who may be told apart by their access keys. @default those of these tables alone */
  readonly callers?: Callers;
  readonly onEvent: (event: DevEvent) => void;
}

/** The service's tables, ready to be used. */
export interface Tables {
  /** Of the engine behind them. */
  readonly engineName: string;
  /** Where functions reach them, and the developer, with the access key `local`. */
  readonly url: string;
  /** What DynamoDB does and these tables do not. */
  readonly lacks: readonly string[];
  /** What an SDK signs with on behalf of a function. */
  credentialsOf(functionKey: string): CallerCredentials;
  /** Creates the tables that are not there yet. @throws {LambdakitError} TABLE_DIFFERS */
  ensure(plan: ServicePlan): Promise<void>;
  /** Of all tables, up to the first page of each: for "empty or not". */
  countItems(plan: ServicePlan): Promise<number>;
  close(): Promise<void>;
}

/**
 * Starts an engine, and what stands between it and the functions.
 *
 * @throws {LambdakitError} ENGINE_*, TABLE_DIFFERS; nothing is left running then
 */
export async function openTables(options: OpenTablesOptions): Promise<Tables> {
  const { plan, dataDirectory, env, reset, onEvent } = options;
  const ensure = async (endpoint: string, { tables }: ServicePlan) => {
    for (const table of tables) await ensureTable(endpoint, table);
  };
  const engine = await superviseEngine({
    start: () => startEngine({ dataDirectory }, env),
    prepare: (endpoint) => ensure(endpoint, plan()),
    onRestart: (restart) => onEvent({ type: "engine-restarted", ...restart }),
  });
  try {
    for (const { name } of reset ? plan().tables : []) await deleteTable(engine.endpoint, name);
    await ensure(engine.endpoint, plan());
    const endpoint = await startTableEndpoint({ ...options, engine });
    let closing = false;
    void engine.ended.then((reason) => {
      if (!closing) onEvent({ type: "engine-ended", reason });
    });
    return {
      engineName: engine.name,
      url: endpoint.url,
      lacks: stillLacking(engine.lacks),
      credentialsOf: (functionKey) => endpoint.callers.credentialsOf(functionKey),
      ensure: (newPlan) => ensure(engine.endpoint, newPlan),
      async countItems({ tables }) {
        const counts = tables.map(({ name }) => countItems(engine.endpoint, name));
        return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
      },
      async close() {
        closing = true;
        await endpoint.close();
        await engine.stop();
      },
    };
  } catch (error) {
    await engine.stop();
    throw error;
  }
}
