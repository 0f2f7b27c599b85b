import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureTable, startEngine } from "../../src/dev/engine/index.ts";
import { createGateway } from "../../src/dev/gateway/gateway.ts";
import { listen } from "../../src/dev/gateway/listen.ts";
import { createRouter } from "../../src/dev/gateway/router.ts";
import type { StartEnvironment } from "../../src/dev/host/environment.ts";
import { FunctionHost } from "../../src/dev/host/function-host.ts";
import type { HostEvent } from "../../src/dev/host/host-event.ts";
import { findNode, nodeRuntime, processEnvironments } from "../../src/dev/host/process/index.ts";
import { localVariables } from "../../src/dev/local-variables.ts";
import {
  type AccessDenied,
  startTableEndpoint,
  type TableEndpoint,
} from "../../src/dev/table-endpoint/index.ts";
import { preparePolicies } from "../../src/evaluate/index.ts";
import { unpackArtifact } from "../../src/package/index.ts";
import type { DeployedFunction } from "./deployed-function.ts";
import type { DeployedService } from "./deployed-service.ts";
import { mayInvoke } from "./may-invoke.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface ServedDeployment {
  /** Up to the stage: in the place of what `lambdakit deploy` prints. */
  readonly url: string;
  /** What the functions have written. */
  readonly lines: readonly string[];
  /** What the roles did not allow. */
  readonly denied: readonly AccessDenied[];
  stop(): Promise<void>;
}

/**
 * Serves what was read from an account with the gateway, the host and the table endpoint of `dev`, on
 * empty tables. The zips run as processes, each under the policies that its deployed role has.
 *
 * @param bootstrap the bundled runtime client for processes
 */
export async function serveDeployed(
  service: DeployedService,
  bootstrap: string,
): Promise<ServedDeployment> {
  const endings: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    return { ...(await start(service, bootstrap, (end) => endings.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  service: DeployedService,
  bootstrap: string,
  atEnd: (end: () => Promise<unknown>) => void,
): Promise<Omit<ServedDeployment, "stop">> {
  const { api, accountId, region, functions } = service;
  const denied: AccessDenied[] = [];
  const lines: string[] = [];
  const onEvent = (event: HostEvent) => {
    if (event.type === "output" && !event.platform) lines.push(event.line);
  };
  const endpoint = await openTables(service, (refusal) => denied.push(refusal), atEnd);
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "lambdakit-deployed-")));
  atEnd(() => rm(folder, { recursive: true }));

  const hosts = new Map<string, FunctionHost>();
  atEnd(() => Promise.all([...hosts.values()].map((host) => host.stop())));
  for (const [arn, deployed] of functions) {
    const { lambda, zip } = deployed;
    const taskRoot = path.join(folder, lambda.name);
    await unpackArtifact(zip, taskRoot);
    const host = new FunctionHost({
      lambda,
      code: { taskRoot, handler: lambda.handler, environmentModule: bootstrap },
      variables: variablesOf(service, deployed, endpoint),
      onEvent,
      start: await startOf(lambda.runtime),
    });
    hosts.set(arn, host);
  }
  const routes = api.routes.map((route) => {
    const called = functions.get(route.function);
    const mayCall = called !== undefined && mayInvoke(service, route, called);
    return mayCall ? route : { ...route, function: "" };
  });
  const router = createRouter({ routes });
  const server = createGateway(
    () => ({
      api,
      router,
      identity: { accountId, region, stage: api.stage },
      async invoke(arn, request) {
        return hosts.get(arn)?.invoke(request) ?? notInvocable;
      },
    }),
    () => {},
  );
  const listening = await listen(server, 0);
  atEnd(() => listening.close());
  return { url: `http://127.0.0.1:${listening.port}/${api.stage}`, lines, denied };
}

const notInvocable = {
  ok: false,
  reason: "not-found",
  error: { errorType: "AccessDeniedException", errorMessage: "The function may not be called." },
} as const;

/** The tables on an engine of their own, and in front of it the policies of the deployed roles. */
async function openTables(
  { accountId, region, functions, tables }: DeployedService,
  onDenied: (denied: AccessDenied) => void,
  atEnd: (end: () => Promise<unknown>) => void,
): Promise<TableEndpoint> {
  const engine = await startEngine({ dataDirectory: undefined }, {});
  atEnd(() => engine.stop());
  for (const table of tables) await ensureTable(engine.endpoint, table);
  const all = [...functions.values()];
  const plan = { accountId, region, tables, functions: all.map(({ lambda }) => lambda) };
  const endpoint = await startTableEndpoint({
    engine: { endpoint: engine.endpoint, restarting: undefined },
    plan: () => plan,
    policy: true,
    judgeOf: (lambda) => {
      const { role } = all.find((one) => one.lambda === lambda) as DeployedFunction;
      return preparePolicies(role.policies, { boundaries: role.boundaries });
    },
    onEvent: (event) => {
      if (event.type === "access-denied") onDenied(event);
    },
  });
  atEnd(() => endpoint.close());
  return endpoint;
}

/** What is deployed wins over what `dev` would say, such as that this is `local`. */
function variablesOf(
  { region }: DeployedService,
  { lambda, version }: DeployedFunction,
  { url, callers }: TableEndpoint,
): Record<string, string> {
  return {
    ...localVariables({ region }, lambda, url, callers.credentialsOf(lambda.key)),
    ...lambda.environmentVariables,
    AWS_LAMBDA_FUNCTION_VERSION: version,
  };
}

/** The runtime's own Node.js, where npm has it; else this one. */
async function startOf(runtime: string): Promise<StartEnvironment> {
  const here = { program: process.execPath, version: process.versions.node };
  const node = await findNode({ runtime, directories: [root] }).catch(() => here);
  return processEnvironments(nodeRuntime(node.program));
}
