import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { createGateway } from "../src/dev/gateway/gateway.ts";
import { listen } from "../src/dev/gateway/listen.ts";
import { createRouter } from "../src/dev/gateway/router.ts";
import { FunctionHost } from "../src/dev/host/function-host.ts";
import type { HostEvent } from "../src/dev/host/host-event.ts";
import { findNode, nodeRuntime, processEnvironments } from "../src/dev/host/process/index.ts";
import { localVariables } from "../src/dev/local-variables.ts";
import { type PackagedService, unpackArtifact } from "../src/package/index.ts";
import type { ServicePlan } from "../src/plan/index.ts";
import { useProcesses } from "./process-environments.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const owner = { accessKeyId: "local", secretAccessKey: "local", sessionToken: "local" };

export interface Packaged {
  readonly plan: ServicePlan;
  readonly packaged: PackagedService;
  /** Of the tables. */
  readonly endpoint: string;
  readonly onEvent?: (event: HostEvent) => void;
  /** Is done to each unpacked zip, by its folder. */
  readonly change?: (folder: string) => Promise<void>;
}

/** Serves zips on this machine, with a process for each environment; gives the API's URL. */
export function usePackaged(): (service: Packaged) => Promise<string> {
  const processes = useProcesses();

  return async (service) => {
    const { api, accountId, region, functions } = service.plan;
    const hosts = new Map<string, FunctionHost>();
    for (const { key } of functions) hosts.set(key, await host(key, service));
    const router = createRouter(api);
    const server = createGateway(
      () => ({
        api,
        router,
        identity: { accountId, region, stage: api.stage },
        invoke: (key, request) => (hosts.get(key) as FunctionHost).invoke(request),
      }),
      () => {},
    );
    const { port, close } = await listen(server, 0);
    onTestFinished(async () => {
      await close();
      await Promise.all([...hosts.values()].map((one) => one.stop()));
    });
    return `http://127.0.0.1:${port}`;
  };

  async function host(
    key: string,
    { plan, packaged, endpoint, onEvent = () => {}, change = async () => {} }: Packaged,
  ): Promise<FunctionHost> {
    const lambda = plan.functions.find((one) => one.key === key);
    const artifact = packaged.list.functions[key];
    if (lambda === undefined || artifact === undefined) throw new Error(`There is no ${key}.`);
    const taskRoot = await temporaryFolder();
    await unpackArtifact(await readFile(path.join(packaged.directory, artifact.zip)), taskRoot);
    await change(taskRoot);
    const here = { program: process.execPath, version: process.versions.node };
    // Where npm has the runtime's own Node.js, that one runs it.
    const node = await findNode({ runtime: lambda.runtime, directories: [root] }).catch(() => here);
    return new FunctionHost({
      lambda,
      code: { taskRoot, handler: artifact.handler, environmentModule: processes.bootstrap },
      variables: localVariables(plan, lambda, endpoint, owner),
      onEvent,
      start: processEnvironments(nodeRuntime(node.program)),
    });
  }
}
