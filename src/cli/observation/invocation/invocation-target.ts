import path from "node:path";
import { LambdakitError } from "../../../errors/index.ts";
import type { Access } from "../../../observe/index.ts";
import { type LoadedService, loadService } from "../../../package/index.ts";
import type { ServicePlan } from "../../../plan/index.ts";
import type { Input } from "../../command.ts";
import { openObserved } from "../access/observed.ts";

/** Whether it is asked of a `lambdakit dev`. */
export function isLocal(input: Input): boolean {
  return input.text("env") === "local";
}

export interface InvokeTarget {
  readonly service: LoadedService;
  readonly plan: ServicePlan;
  readonly access: Access;
}

/**
 * Where functions are invoked: in an account, or in the `lambdakit dev` of the service's folder.
 *
 * @throws {LambdakitError} INVOKE_NOT_RUNNING, or as `openObserved` says
 */
export async function openInvokeTarget(input: Input): Promise<InvokeTarget> {
  if (!isLocal(input)) return openObserved(input);
  const service = await loadService(input.text("service") ?? ".");
  const { localPlan, runningPort } = await import("../../../dev/index.ts");
  const port = await runningPort(path.join(service.directory, ".lambdakit"));
  if (port === undefined) {
    throw new LambdakitError("INVOKE_NOT_RUNNING", {
      message: `No lambdakit dev runs in ${service.directory}, or one with --memory, which leaves no trace.`,
      fix: `lambdakit dev --service ${input.text("service") ?? "."}`,
    });
  }
  const nobody = { accessKeyId: "local", secretAccessKey: "local", sessionToken: "local" };
  const access = { endpoint: `http://127.0.0.1:${port}`, credentials: nobody };
  return { service, plan: localPlan(service.manifest, port), access };
}

/**
 * Which alias or version is meant; nothing where there are none.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE
 */
export function qualifierOf(input: Input, { deployment }: ServicePlan): string | undefined {
  const [alias, version] = [input.text("alias"), input.text("version")];
  const wrong = (message: string, fix: string) =>
    new LambdakitError("CLI_BAD_VALUE", { message, fix, at: "--version" });
  if (alias !== undefined && version !== undefined) {
    throw wrong("--alias and --version each say which version it is.", "leave out one of them");
  }
  if (version !== undefined && !/^(\d+|\$LATEST)$/.test(version)) {
    throw wrong(`--version is "${version}", which is no version.`, `write --alias ${version}`);
  }
  if (!isLocal(input)) return version ?? alias ?? deployment.alias;
  if ((version ?? alias) === undefined) return undefined;
  throw wrong("lambdakit dev has no aliases and versions.", "leave it out");
}
