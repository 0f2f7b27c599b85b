import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";
import {
  type AccessDenied,
  createGateway,
  type HostEvent,
  type InvocationRequest,
  listen,
} from "../../dev/index.ts";
import { authorizerKey } from "../../names.ts";
import type { Account } from "../deployed/account.ts";
import { readDeploymentId } from "../deployed/deployed-api.ts";
import { readRole } from "../deployed/deployed-role.ts";
import { readTableNames, readTables } from "../deployed/deployed-tables.ts";
import { every } from "./every.ts";
import { followAliases } from "./follow-aliases.ts";
import { LiveAliases } from "./live-aliases.ts";
import { type LiveApi, readLiveApi } from "./live-api.ts";
import { LiveTables } from "./live-tables.ts";
import { LiveVersions } from "./live-versions.ts";
import { type Traffic, versionHeader } from "./traffic.ts";

export interface LiveOptions {
  readonly account: Account;
  /** As `lambdakit deploy` prints it. */
  readonly url: string;
  readonly artifactBucket: string;
  /** The bundled runtime client for processes. */
  readonly bootstrap: string;
  /** Where the authorizer gets its keys. @default from the issuer that the manifest names */
  readonly jwksUri?: string;
  /** From 0 up to, but not, 1: draws the version of each invocation. @default Math.random */
  readonly random?: () => number;
  /**
   * How old what is known of an alias may be. At 50 requests a second, 100 spare the emulator half of
   * its work. @default 0: each invocation asks
   */
  readonly aliasAgeMilliseconds?: number;
  /** Hears of every invocation and of every answer. */
  readonly onTraffic?: (traffic: Traffic) => void;
}

export interface LiveDeployment {
  /** Up to the stage: in the place of what `lambdakit deploy` prints. */
  readonly url: string;
  /** What the functions have written. */
  readonly lines: readonly string[];
  /** What the roles did not allow. */
  readonly denied: readonly AccessDenied[];
  /**
   * Reads API, tables and roles again: what another deploy or table does by itself, within a second. What the authorizer
   * has said before counts no more.
   */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Serves what is deployed in an account of the emulator, and follows it, for as long as a test runs: with
 * the gateway, the host and the table endpoint of `dev`, on empty tables, the zips as processes. Each
 * invocation goes where its alias leads at that moment, by its weights.
 */
export async function serveLive(options: LiveOptions): Promise<LiveDeployment> {
  const endings: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    const failures: unknown[] = [];
    for (const end of endings.splice(0).reverse()) await end().catch((why) => failures.push(why));
    if (failures.length > 0) throw failures[0];
  };
  try {
    return { ...(await start(options, (end) => endings.push(end))), stop };
  } catch (error) {
    // What failed first is told; that it could not be ended well follows from it.
    await stop().catch(() => {});
    throw error;
  }
}

async function start(
  options: LiveOptions,
  atEnd: (end: () => Promise<unknown>) => void,
): Promise<Omit<LiveDeployment, "stop">> {
  const { account, url, artifactBucket, bootstrap, random = Math.random } = options;
  const { onTraffic = () => {}, aliasAgeMilliseconds = 0 } = options;
  const lines: string[] = [];
  const denied: AccessDenied[] = [];
  const onEvent = (event: HostEvent) => {
    if (event.type === "output" && !event.platform) lines.push(event.line);
  };
  const tables = await LiveTables.start(account, (refusal) =>
    denied.push({ ...refusal, function: refusal.function.replace(/:.*/, "") }),
  );
  atEnd(() => tables.stop());
  const versions = new LiveVersions({
    account,
    artifactBucket,
    tables,
    environmentModule: bootstrap,
    jwksUri: options.jwksUri,
    onEvent,
  });
  atEnd(() => versions.stop());

  let live: LiveApi;
  const aliases = new LiveAliases(account, aliasAgeMilliseconds);
  // A request's version is that of the function that answers it, not of the one that lets it in.
  const askAuthorizer = followAliases({ aliases, versions, random, onTraffic, onVersion() {} });
  let tableNames = "";
  const refresh = async () => {
    const names = await readTableNames(account);
    const [read, found, roles] = await Promise.all([
      readLiveApi(account, url),
      readTables(account),
      Promise.all(tables.roles.map((name) => readRole(account, name))),
    ]);
    await tables.ensure(found);
    for (const role of roles) tables.judge(role);
    live = read;
    tableNames = names;
  };
  await refresh();

  /** Of the request that is being answered. */
  const answering = new AsyncLocalStorage<ServerResponse>();
  const askFunction = followAliases({
    aliases,
    versions,
    random,
    onTraffic,
    onVersion: (version) => answering.getStore()?.setHeader(versionHeader, version),
  });
  const invoke = (key: string, request: InvocationRequest) => {
    if (key !== authorizerKey) return askFunction(key, request);
    const { aliasArn = "", accepts } = live.authorizer ?? {};
    const { authorizationToken } = JSON.parse(request.payload);
    return accepts?.test(authorizationToken) === false
      ? Promise.resolve(noToken)
      : askAuthorizer(aliasArn, request);
  };
  const server = createGateway(
    () => {
      const { api, router } = live;
      return { api, router, identity: { ...account, stage: api.stage }, invoke };
    },
    ({ status, milliseconds }) => {
      const { name: apiName, stage } = live.api;
      onTraffic({ type: "answered", at: Date.now(), apiName, stage, status, milliseconds });
    },
    // Who waits long here waits for this machine, which has other things to do: functions have their own
    // time limit, and it begins when they do.
    { timeouts: false },
  );
  // A caller that comes back to its connection at the moment when that is closed would count as a failure.
  server.keepAliveTimeout = 0;
  server.prependListener("request", (_, response) => answering.enterWith(response));
  const listening = await listen(server, 0);
  atEnd(() => listening.close());
  const follow = async () => {
    const isSame =
      (await readDeploymentId(account, url)) === live.deploymentId &&
      (await readTableNames(account)) === tableNames;
    if (!isSame) await refresh();
  };
  // In the middle of an apply, something may be missing that is there a second later.
  atEnd(every(1_000, follow, true));
  return {
    url: `http://127.0.0.1:${listening.port}/${new URL(url).pathname.slice(1)}`,
    lines,
    denied,
    refresh,
  };
}

/** What API Gateway says by itself to what does not look like a token. */
const noToken = {
  ok: false,
  reason: "not-found",
  error: { errorType: "Error", errorMessage: "Unauthorized" },
} as const;
