import path from "node:path";
import { LambdakitError } from "../errors/index.ts";
import { type LoadedService, loadService } from "../package/index.ts";
import { planService, type ServicePlan } from "../plan/index.ts";
import {
  countItems,
  deleteTable,
  ensureTable,
  startEngine,
  type TableEngine,
} from "./engine/index.ts";
import { type Access, createGateway } from "./gateway/gateway.ts";
import { listen } from "./gateway/listen.ts";
import { lockData } from "./lock.ts";
import { RunningService } from "./running-service.ts";
import { loadSampleData } from "./sample-data.ts";
import { watchFiles } from "./watch-files.ts";
import { Workspace } from "./workspace.ts";

export interface DevOptions {
  /** The service's folder. */
  readonly directory: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Keep nothing between runs. */
  readonly memory: boolean;
  /** Start an engine of its own, whatever `DYNAMODB_ENDPOINT` says. @default false */
  readonly ownEngine?: boolean;
  /** Delete the data that was kept. */
  readonly reset: boolean;
  /** Fill the tables with the service's sample data, where they are empty. */
  readonly sampleData: boolean;
  readonly onEvent: (event: DevEvent) => void;
}

/** What happens while `dev` runs. */
export type DevEvent =
  | { readonly type: "request"; readonly access: Access }
  | { readonly type: "output"; readonly function: string; readonly line: string }
  | { readonly type: "failed"; readonly function: string; readonly message: string }
  | {
      readonly type: "reloaded";
      readonly functions: readonly string[];
      readonly milliseconds: number;
    }
  | { readonly type: "not-reloaded"; readonly error: unknown }
  | { readonly type: "sample-data"; readonly sent: number }
  | { readonly type: "sample-data-kept"; readonly items: number }
  | { readonly type: "engine-ended"; readonly reason: string };

export interface DevServer {
  readonly url: string;
  readonly plan: ServicePlan;
  readonly engine: TableEngine;
  /** Where data is kept between runs; undefined in memory. */
  readonly dataDirectory: string | undefined;
  /** Answers the requests that are under way, then stops everything that was started. */
  stop(): Promise<void>;
}

/**
 * Serves a service on this machine until it is stopped.
 *
 * @throws {LambdakitError} MANIFEST_*, BUNDLE_FAILED, DEV_PORT_IN_USE, DEV_ALREADY_RUNNING, ENGINE_*,
 * TABLE_DIFFERS, DEV_SAMPLE_DATA; nothing is left running then
 */
export async function startDev(options: DevOptions): Promise<DevServer> {
  const endings: Ending[] = [];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(options, (end) => endings.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Ending = () => Promise<unknown>;

async function start(
  options: DevOptions,
  atEnd: (end: Ending) => void,
): Promise<Omit<DevServer, "stop">> {
  const { onEvent } = options;
  const service = await loadService(options.directory);
  const plan = planService(service.manifest, "dev");
  const home = path.join(service.directory, ".lambdakit");

  const running = new RunningService(plan, {
    onOutput: (key, line) => onEvent({ type: "output", function: key, line }),
    onFailure: (key, message) => onEvent({ type: "failed", function: key, message }),
  });
  const gateway = await listen(
    createGateway(
      () => running,
      (access) => onEvent({ type: "request", access }),
    ),
    options.port,
  );
  atEnd(gateway.close);
  // Before the gateway closes: a request that waits for code which never comes has to be answered.
  atEnd(() => running.stop());

  const dataDirectory = options.memory ? undefined : path.join(home, "data");
  if (dataDirectory !== undefined) atEnd(await lockData(home, gateway.port));

  const workspace = new Workspace(service.directory);
  atEnd(() => workspace.close());
  await workspace.sweep();
  const opening = openEngine(options, dataDirectory, plan, atEnd);
  const opened = settled(opening);
  const { bundle } = await workspace.read(service).finally(() => opened);
  const engine = await opening;
  let stopping = false;
  void engine.ended.then((reason) => {
    if (!stopping) onEvent({ type: "engine-ended", reason });
  });
  running.serve(plan, bundle, engine.endpoint);

  const watcher = watchFiles(
    [service.directory, ...outside(service.directory, bundle.inputs)],
    () => reload(workspace, running, engine, onEvent),
  );
  atEnd(() => watcher.close());
  await watcher.ready;
  // Endings run backwards: whoever is being answered still needs the functions and the tables.
  atEnd(async () => {
    stopping = true;
    await gateway.close();
  });

  const url = `http://127.0.0.1:${gateway.port}`;
  if (options.sampleData) await fill(service, plan, engine, url, onEvent);
  return { url, plan, engine, dataDirectory };
}

/** Waits for work that is under way, so that what it starts can be stopped again. */
async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work]);
}

async function openEngine(
  { ownEngine = false, reset }: DevOptions,
  dataDirectory: string | undefined,
  { tables }: ServicePlan,
  atEnd: (end: Ending) => void,
): Promise<TableEngine> {
  const engine = await startEngine({ dataDirectory }, ownEngine ? {} : process.env);
  atEnd(() => engine.stop());
  for (const table of tables) {
    if (reset) await deleteTable(engine.endpoint, table.name);
    await ensureTable(engine.endpoint, table);
  }
  return engine;
}

/** The good code keeps serving until there is better. */
async function reload(
  workspace: Workspace,
  running: RunningService,
  engine: TableEngine,
  onEvent: DevOptions["onEvent"],
): Promise<void> {
  const started = performance.now();
  try {
    const { plan, bundle } = await workspace.read();
    for (const table of plan.tables) await ensureTable(engine.endpoint, table);
    const before = JSON.stringify(running.plan);
    const functions = running.serve(plan, bundle, engine.endpoint);
    if (functions.length === 0 && before === JSON.stringify(plan)) return;
    onEvent({ type: "reloaded", functions, milliseconds: performance.now() - started });
  } catch (error) {
    onEvent({ type: "not-reloaded", error });
  }
}

/** Sources that are not below the service's folder, such as another workspace's. */
function outside(directory: string, inputs: readonly string[]): string[] {
  return inputs.filter((input) => path.relative(directory, input).startsWith(".."));
}

async function fill(
  service: LoadedService,
  plan: ServicePlan,
  engine: TableEngine,
  url: string,
  onEvent: DevOptions["onEvent"],
): Promise<void> {
  const { sampleData } = service.manifest;
  if (sampleData === undefined) {
    throw new LambdakitError("DEV_SAMPLE_DATA", {
      message: "service.ts names no sample data.",
      fix: 'add sampleData: "sample-data.json"',
      at: service.file,
    });
  }
  const counts = await Promise.all(
    plan.tables.map((table) => countItems(engine.endpoint, table.name)),
  );
  const items = counts.reduce((sum, count) => sum + count, 0);
  if (items > 0) onEvent({ type: "sample-data-kept", items });
  else {
    const sent = await loadSampleData(service.directory, sampleData, plan.api.routes, url);
    onEvent({ type: "sample-data", sent });
  }
}
