import path from "node:path";
import { LambdakitError } from "../errors/index.ts";
import { openApiDocument } from "../openapi/index.ts";
import type { LoadedService } from "../package/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import { isBelow } from "../system/index.ts";
import { createConsole } from "./console/create-console.ts";
import type { DevEvent } from "./dev-event.ts";
import { environmentStart } from "./environment-start.ts";
import type { FunctionModules } from "./function-modules.ts";
import { createGateway } from "./gateway/gateway.ts";
import { type Listening, listen } from "./gateway/listen.ts";
import type { Mount } from "./gateway/mount.ts";
import type { ThreadAhead } from "./host/thread.ts";
import { type Inspector, openInspector } from "./inspector.ts";
import type { Isolation } from "./isolation.ts";
import { issuerMount } from "./issuer/issuer-mount.ts";
import { localToken, type TokenWish } from "./issuer/local-tokens.ts";
import { openSigningKey } from "./issuer/signing-key.ts";
import { tokenCommand } from "./issuer/token-command.ts";
import { createLambdaApi } from "./lambda-api/lambda-api.ts";
import { localPlan } from "./local-plan.ts";
import { localVariables } from "./local-variables.ts";
import { lockData } from "./lock.ts";
import { refuseNotEmulated } from "./not-emulated.ts";
import { openApiMount } from "./open-api-mount.ts";
import { openTables, type Tables } from "./open-tables.ts";
import { ownHeapKeeper } from "./own-heap.ts";
import { RunningService } from "./running-service.ts";
import { loadSampleData } from "./sample-data.ts";
import { LocalSecrets, startSecretEndpoint } from "./secret-endpoint/index.ts";
import { Callers, type Chaos, type JudgeOf } from "./table-endpoint/index.ts";
import { startTypeGuard } from "./type-guard.ts";
import { type Settled, watchFiles } from "./watch-files.ts";
import { type Snapshot, Workspace } from "./workspace.ts";

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
  /** How functions are kept apart. @default "thread", or "process" for zips */
  readonly isolation?: Isolation | undefined;
  /** Run what would be uploaded: each function's zip, as a process. @default false */
  readonly packaged?: boolean;
  /** The values of secrets, by their keys. @default those of `.lambdakit/secrets.json`, whenever one is asked for */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** Whether each function's own policy decides what it may do at the tables, and which secrets it may read. @default true */
  readonly policy?: boolean;
  /** What decides about a function's calls. @default the policy that its plan gives its role */
  readonly judgeOf?: JudgeOf | undefined;
  /** Faults that the functions' calls to the tables meet. @default none */
  readonly chaos?: Chaos | undefined;
  /** What is known not to be emulated, and asked for all the same. @default nothing */
  readonly notEmulated?: readonly string[];
  /** Whether types are checked after each save. @default true */
  readonly typeCheck?: boolean;
  /** The port for debuggers, which may stop functions for as long as they like; 0 takes any. @default none */
  readonly inspectPort?: number | undefined;
  readonly onEvent: (event: DevEvent) => void;
}

export interface DevServer {
  readonly url: string;
  readonly plan: ServicePlan;
  readonly engine: {
    readonly name: string;
    /** Where the tables are, for whoever signs with the access key `local`. */
    readonly endpoint: string;
    /** What DynamoDB does and these tables do not. */
    readonly lacks: readonly string[];
  };
  /** What the service asks for, and does not get here. */
  readonly notEmulated: readonly string[];
  /** Where data is kept between runs; undefined in memory. */
  readonly dataDirectory: string | undefined;
  /** Where debuggers attach; undefined without `inspectPort`. */
  readonly inspector: Pick<Inspector, "url"> | undefined;
  /**
   * A token of the local issuer's, for routes that ask for scopes. What is left out is as in a token that may
   * call every route, and lasts an hour.
   */
  token(wish?: TokenWish): Promise<string>;
  /** What a shell is told for the same, such as `lambdakit token`. */
  readonly tokenCommand: string;
  /** Answers the requests that are under way, then stops everything that was started. */
  stop(): Promise<void>;
}

/** What has begun already. It ends with the server. */
export interface Begun {
  /** As it is being loaded. */
  readonly service: Promise<LoadedService>;
  readonly modules: FunctionModules;
  readonly ahead: ThreadAhead | undefined;
}

export async function startServer(options: DevOptions, begun: Begun): Promise<DevServer> {
  const { modules, ahead } = begun;
  const endings: Ending[] = [() => modules.close(), () => ahead?.stop()];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    return {
      ...(await start(options, { ...begun, service: await begun.service }, (end) =>
        endings.push(end),
      )),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Ending = () => unknown;

async function start(
  options: DevOptions,
  { service, modules, ahead }: Omit<Begun, "service"> & { readonly service: LoadedService },
  atEnd: (end: Ending) => void,
): Promise<Omit<DevServer, "stop">> {
  const { packaged = false, notEmulated: known = [] } = options;
  const isolation = packaged ? "process" : (options.isolation ?? "thread");
  const plan = localPlan(service.manifest, options.port);
  const environments = environmentStart({
    isolation,
    directory: service.directory,
    notEmulated: known,
    ahead,
  });
  await environments.prepare(plan);
  const notEmulatedOf = (served: ServicePlan) => [
    ...refuseNotEmulated(served, known).map(({ reason }) => reason),
    ...environments.differences,
  ];
  const notEmulated = notEmulatedOf(plan);

  const inspector =
    options.inspectPort === undefined ? undefined : await openInspector(options.inspectPort);
  atEnd(() => inspector?.close());
  const debugging = inspector !== undefined;

  const running = new RunningService(plan, {
    debugging,
    onEvent: (event) => onEvent(event),
    onQuiet: ownHeapKeeper(),
  });
  let tables: Tables | undefined;
  const home = path.join(service.directory, ".lambdakit");
  let port = options.port;
  const tokenOf = async (wish?: TokenWish) =>
    (await localToken(home, port, running.plan.api, wish)).token;
  const shellToken = () => tokenCommand(service.directory, port, options.memory);
  const page = createConsole({
    token: (scopes) => tokenOf({ scopes }),
    tokenCommand: shellToken,
    plan: () => running.plan,
    openApi: () => openApiDocument(running.plan),
    environments: () => running.environments,
    tableEndpoint: () => tables?.url ?? "",
    engine: () => tables?.engineName ?? "",
    notEmulated: () => [...notEmulatedOf(running.plan), ...(tables?.lacks ?? [])],
  });
  const onEvent = (event: DevEvent) => {
    page.onEvent(event);
    options.onEvent(event);
  };
  const issuer = issuerMount(async () => (await openSigningKey(home)).publicKey);
  const mounts = [page.mount, issuer];
  const gateway = await openGateway(running, mounts, { port, debugging, onEvent });
  atEnd(gateway.close);
  port = gateway.port;
  // Before the gateway closes: a request that waits for code which never comes has to be answered.
  atEnd(() => running.stop());

  const dataDirectory = options.memory ? undefined : path.join(home, "data");
  if (dataDirectory !== undefined) atEnd(await lockData(home, gateway.port));

  const workspace = new Workspace(
    service.directory,
    {
      isolation,
      packaged,
      plan: (manifest) => localPlan(manifest, port),
    },
    modules,
  );
  atEnd(() => workspace.close());
  await workspace.sweep();
  const callers = new Callers();
  const local = new LocalSecrets(service.directory);
  const secrets = await startSecretEndpoint({
    plan: () => running.plan,
    values: async () => options.secrets ?? local.read(),
    policy: options.policy ?? true,
    judgeOf: options.judgeOf,
    callers,
    onEvent,
  });
  atEnd(secrets.close);
  const opening = openTables({
    callers,
    plan: () => running.plan,
    dataDirectory,
    env: options.ownEngine ? {} : process.env,
    reset: options.reset,
    policy: options.policy ?? true,
    ...(options.judgeOf && { judgeOf: options.judgeOf }),
    chaos: options.chaos,
    onEvent,
  });
  // Awaited after the bundle: until then its failure is nobody's, which would end the process.
  opening.catch(() => {});
  atEnd(async () => (await settled(opening))?.close());
  const first = await workspace.read(service);
  const opened = await opening;
  tables = opened;

  const serve = (snapshot: Snapshot) =>
    running.serve(snapshot.plan, {
      code: snapshot.code,
      startOf: ({ runtime }) => environments.of(runtime),
      variablesOf: (lambda) =>
        localVariables(
          snapshot.plan,
          lambda,
          opened.url,
          opened.credentialsOf(lambda.key),
          secrets.url,
        ),
    });
  /** The source is not what is served: whoever takes an edit back is told that all is well again. */
  let isBroken = false;
  /** When the compiler was asked about the code that was saved last. */
  let lookedAt = 0;
  const types = startTypeGuard<Snapshot>({
    directory: service.directory,
    serve(snapshot, isBack) {
      const functions = serve(snapshot);
      page.refresh();
      if (isBack || !isBroken) return;
      isBroken = false;
      onEvent({ type: "reloaded", functions, milliseconds: performance.now() - lookedAt });
    },
    describe: (snapshot) => JSON.stringify([snapshot.plan, snapshot.code]),
    onEvent(event) {
      if (event.type === "type-problems") isBroken = event.restored;
      onEvent(event);
    },
  });
  atEnd(types.close);
  const lookAt = (snapshot: Snapshot) => {
    if (options.typeCheck === false) return;
    lookedAt = performance.now();
    void types.look(snapshot, [snapshot.service.file, ...snapshot.inputs]);
  };
  serve(first);

  /** The good code keeps serving until there is better. */
  const reload = async (hasSettled: Settled) => {
    const started = performance.now();
    try {
      const snapshot = await workspace.read();
      if (!(await hasSettled())) return;
      refuseNotEmulated(snapshot.plan, known);
      await environments.prepare(snapshot.plan);
      await opened.ensure(snapshot.plan);
      if (types.refuses(snapshot)) return lookAt(snapshot);
      const before = JSON.stringify(running.plan);
      const functions = serve(snapshot);
      lookAt(snapshot);
      const isSame = functions.length === 0 && before === JSON.stringify(snapshot.plan);
      if (isSame && !isBroken) return;
      isBroken = false;
      onEvent({ type: "reloaded", functions, milliseconds: performance.now() - started });
    } catch (error) {
      // Half a file is seldom code.
      if (!(await hasSettled())) return;
      isBroken = true;
      onEvent({ type: "not-reloaded", error });
    }
  };
  const watcher = watchFiles(
    [service.directory, ...outside(service.directory, first.inputs)],
    reload,
  );
  atEnd(() => watcher.close());
  await watcher.ready;
  // Endings run backwards: whoever is being answered still needs the functions and the tables.
  atEnd(async () => {
    // A function that stands at a breakpoint would hold up the end, and so would a page that listens.
    await inspector?.close();
    page.close();
    await gateway.close();
  });

  const url = `http://127.0.0.1:${gateway.port}`;
  page.refresh();
  if (options.sampleData)
    await fill(service, plan, opened, { url, token: await tokenOf() }, onEvent);
  lookAt(first);
  await secrets.tellMissing();
  return {
    url,
    plan: first.plan,
    token: tokenOf,
    tokenCommand: shellToken(),
    engine: { name: opened.engineName, endpoint: opened.url, lacks: opened.lacks },
    notEmulated,
    dataDirectory,
    inspector,
  };
}

/** The service's routes, and what of ours answers on the same port. */
function openGateway(
  running: RunningService,
  mounts: readonly Mount[],
  {
    port,
    debugging,
    onEvent,
  }: { port: number; debugging: boolean; onEvent: (event: DevEvent) => void },
): Promise<Listening> {
  const gateway = createGateway(
    () => running,
    (access) => onEvent({ type: "request", access }),
    {
      timeouts: !debugging,
      mounts: [
        ...mounts,
        openApiMount(() => running.plan),
        createLambdaApi({ target: () => running }),
      ],
    },
  );
  return listen(gateway, port);
}

/** What work under way comes to; undefined where it fails. */
async function settled<Value>(work: Promise<Value>): Promise<Value | undefined> {
  const [result] = await Promise.allSettled([work]);
  return result.status === "fulfilled" ? result.value : undefined;
}

/** Sources that are not below the service's folder, such as another workspace's. */
function outside(directory: string, inputs: readonly string[]): string[] {
  return inputs.filter((input) => !isBelow(directory, input));
}

async function fill(
  service: LoadedService,
  plan: ServicePlan,
  tables: Tables,
  api: { readonly url: string; readonly token: string },
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
  const items = await tables.countItems(plan);
  if (items > 0) onEvent({ type: "sample-data-kept", items });
  else {
    const sent = await loadSampleData(service.directory, sampleData, plan.api.routes, api);
    onEvent({ type: "sample-data", sent });
  }
}
