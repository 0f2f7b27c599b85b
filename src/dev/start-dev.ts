import path from "node:path";
import { builtProgram, loadService } from "../package/index.ts";
import type { DevOptions, DevServer } from "./dev-server.ts";
import { FunctionModules } from "./function-modules.ts";
import { ThreadAhead } from "./host/thread.ts";
import { environmentModules } from "./isolation.ts";

/**
 * Serves a service on this machine until it is stopped.
 *
 * @throws {LambdakitError} MANIFEST_*, BUNDLE_FAILED, DEV_*, ENGINE_*, LOCAL_SECRETS, TABLE_DIFFERS; nothing is left
 * running then
 */
export async function startDev(options: DevOptions): Promise<DevServer> {
  const service = loadService(options.directory);
  // Awaited by the server: until then its failure is nobody's, which would end the process.
  service.catch(() => {});
  const modules = new FunctionModules(path.resolve(options.directory));
  if (options.packaged !== true) modules.anticipate();
  const ahead = threadAhead(options);
  // Most of the toolkit, which this process loads while another one bundles the manifest.
  const { startServer } = await import("./dev-server.ts");
  return startServer(options, { service, modules, ahead });
}

function threadAhead({ isolation = "thread", packaged, inspectPort }: DevOptions) {
  const module = builtProgram(environmentModules.thread);
  const isOfUse = isolation === "thread" && packaged !== true && inspectPort === undefined;
  return isOfUse && module !== undefined ? new ThreadAhead(module) : undefined;
}
