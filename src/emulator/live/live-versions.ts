import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Code,
  FunctionHost,
  findNode,
  type HostEvent,
  localVariables,
  nodeRuntime,
  processEnvironments,
  type StartEnvironment,
} from "../../dev/index.ts";
import { authorizerVariables } from "../../names.ts";
import { unpackArtifact } from "../../package/index.ts";
import type { Account } from "../deployed/account.ts";
import { readVersion } from "../deployed/deployed-function.ts";
import type { LiveTables } from "./live-tables.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface LiveVersionsOptions {
  readonly account: Account;
  readonly artifactBucket: string;
  readonly tables: LiveTables;
  readonly environmentModule: Code["environmentModule"];
  /** Where the authorizer gets its keys, instead of from the issuer that the manifest names. */
  readonly jwksUri: string | undefined;
  readonly onEvent: (event: HostEvent) => void;
}

/**
 * The versions of the functions, each read and started when somebody is sent to it, and kept: going back
 * to one is no cold start. `reservedConcurrency` holds for each version here, in Lambda for all together.
 */
export class LiveVersions {
  readonly #options: LiveVersionsOptions;
  readonly #folder: Promise<string>;
  readonly #hosts = new Map<string, Promise<FunctionHost>>();

  constructor(options: LiveVersionsOptions) {
    this.#options = options;
    this.#folder = mkdtemp(path.join(tmpdir(), "lambdakit-live-")).then((made) => realpath(made));
  }

  /** @throws {CallFailed} where there is no such version; it is looked for again the next time */
  host(aliasArn: string, version: string): Promise<FunctionHost> {
    const key = `${aliasArn} ${version}`;
    const known = this.#hosts.get(key);
    if (known !== undefined) return known;
    const started = this.#start(aliasArn, version);
    this.#hosts.set(key, started);
    started.catch(() => this.#hosts.delete(key));
    return started;
  }

  /** Ends them all, those too that are just being started. */
  async stop(): Promise<void> {
    const hosts = await Promise.allSettled(this.#hosts.values());
    await Promise.all(
      hosts.map((one) => (one.status === "fulfilled" ? one.value.stop() : undefined)),
    );
    await rm(await this.#folder, { recursive: true });
  }

  async #start(aliasArn: string, version: string): Promise<FunctionHost> {
    const { account, artifactBucket, tables, environmentModule, jwksUri, onEvent } = this.#options;
    const deployed = await readVersion(account, aliasArn, version, artifactBucket);
    const { name, runtime, handler, environmentVariables } = deployed.lambda;
    const lambda = { ...deployed.lambda, key: `${name}:${version}` };
    const taskRoot = path.join(await this.#folder, name, version);
    await unpackArtifact(deployed.zip, taskRoot);
    tables.judge(deployed.role);
    tables.admit(lambda);
    const { url, callers } = tables.endpoint;
    return new FunctionHost({
      lambda,
      code: { taskRoot, handler, environmentModule },
      // What is deployed wins over what `dev` would say, such as that this is `local`.
      variables: {
        ...localVariables(account, lambda, url, callers.credentialsOf(lambda.key)),
        ...environmentVariables,
        ...(jwksUri !== undefined &&
          authorizerVariables.jwksUri in environmentVariables && {
            [authorizerVariables.jwksUri]: jwksUri,
          }),
        AWS_LAMBDA_FUNCTION_VERSION: version,
      },
      onEvent,
      start: await startOf(runtime),
    });
  }
}

/** The runtime's own Node.js, where npm has it; else this one. */
async function startOf(runtime: string): Promise<StartEnvironment> {
  const here = { program: process.execPath, version: process.versions.node };
  const node = await findNode({ runtime, directories: [root] }).catch(() => here);
  return processEnvironments(nodeRuntime(node.program));
}
