import type { Command } from "../command.ts";

/**
 * By their names, in the order in which somebody meets them. One is loaded when it is asked for: all of them
 * together take longer to load than most take to run.
 */
const loaders: Readonly<Record<string, () => Promise<Command>>> = {
  new: async () => (await import("./new.ts")).newService,
  "new entity": async () => (await import("./new-entity.ts")).newEntity,
  "new function": async () => (await import("./new-function.ts")).newFunction,
  "new route": async () => (await import("./new-route.ts")).newRoute,
  adopt: async () => (await import("./adopt.ts")).adopt,
  dev: async () => (await import("./dev.ts")).dev,
  token: async () => (await import("./token.ts")).token,
  explain: async () => (await import("./explain.ts")).explain,
  package: async () => (await import("./package.ts")).packageCommand,
  generate: async () => (await import("./generate.ts")).generate,
  bootstrap: async () => (await import("./bootstrap.ts")).bootstrap,
  secret: async () => (await import("./secret.ts")).secret,
  plan: async () => (await import("./plan.ts")).plan,
  deploy: async () => (await import("./deploy.ts")).deploy,
  promote: async () => (await import("./promote.ts")).promote,
  rollback: async () => (await import("./rollback.ts")).rollback,
  releases: async () => (await import("./releases.ts")).releases,
  verify: async () => (await import("./verify.ts")).verify,
  audit: async () => (await import("./audit.ts")).audit,
  status: async () => (await import("./status.ts")).status,
  logs: async () => (await import("./logs.ts")).logs,
  metrics: async () => (await import("./metrics.ts")).metrics,
  alarms: async () => (await import("./alarms.ts")).alarms,
  invoke: async () => (await import("./invoke.ts")).invoke,
  cost: async () => (await import("./cost.ts")).cost,
  "dr backup": async () => (await import("./dr-backup.ts")).drBackup,
  "dr restore": async () => (await import("./dr-restore.ts")).drRestore,
  "dr merge": async () => (await import("./dr-merge.ts")).drMerge,
  "dr standby": async () => (await import("./dr-standby.ts")).drStandby,
  "dr failover": async () => (await import("./dr-failover.ts")).drFailover,
  "dr failback": async () => (await import("./dr-failback.ts")).drFailback,
  "dr rebuild": async () => (await import("./dr-rebuild.ts")).drRebuild,
  "dr drill": async () => (await import("./dr-drill.ts")).drDrill,
  runbook: async () => (await import("./runbook.ts")).runbook,
  rehearse: async () => (await import("./rehearse.ts")).rehearse,
  destroy: async () => (await import("./destroy.ts")).destroy,
  unlock: async () => (await import("./unlock.ts")).unlock,
  eject: async () => (await import("./eject.ts")).eject,
  doctor: async () => (await import("./doctor.ts")).doctor,
  schema: async () => (await import("./schema.ts")).schema,
  mcp: async () => (await import("./mcp.ts")).mcp,
};

export const commandNames: readonly string[] = Object.keys(loaders);

/** @param name one of {@link commandNames} */
export function loadCommand(name: string): Promise<Command> {
  const load = loaders[name];
  if (load === undefined) throw new Error(`There is no command ${name}.`);
  return load();
}

export function loadCommands(): Promise<Command[]> {
  return Promise.all(commandNames.map(loadCommand));
}
