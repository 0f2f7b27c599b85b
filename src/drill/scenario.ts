import type { Heartbeat } from "./heartbeat.ts";

export const scenarioNames = [
  "table-lost",
  "items-corrupted",
  "function-broken",
  "account-empty",
  "region-lost",
] as const;

export type ScenarioName = (typeof scenarioNames)[number];

/** What a scenario does its harm with. */
export interface Harm {
  /** Milliseconds since 1970, of whoever measures. */
  readonly failedAt: number;
  readonly heartbeats: readonly Heartbeat[];
  /** Deletes the table, its protection first. */
  deleteTable(): Promise<void>;
  corrupt(heartbeats: readonly Heartbeat[]): Promise<void>;
  /** Leads callers of one function to code that fails. */
  breakFunction(): Promise<void>;
  /** Takes everything from the account. */
  emptyAccount(): Promise<void>;
  /** Lets nobody get anywhere in the environment's region. */
  loseRegion(): Promise<void>;
}

/** What is done around a loss that another region takes over. It answers all the while, and counts once callers are led there. */
export interface Takeover {
  /** Changes nothing, and has to succeed before anything is lost. */
  rehearsal(region: string): string[];
  /** Leads callers home once the region is back. */
  readonly home: readonly string[];
}

/** A loss, and the one command that is the answer to it. */
export interface Scenario {
  readonly name: ScenarioName;
  /** What is lost, as it is said before anybody agrees. */
  readonly harm: string;
  readonly needsBackup: boolean;
  /** Whether nothing of the account is left: tables, buckets, and the records of drills. */
  readonly losesAccount: boolean;
  /** Null where the environment's region stays. */
  readonly takeover: Takeover | null;
  inject(harm: Harm): Promise<void>;
  /** The command, without who agrees to it and where. */
  command(failure: {
    readonly failedAt: number;
    readonly table: string;
    readonly release: string;
    /** Where the service stands by; empty where it does not. */
    readonly standby: string;
  }): string[];
}

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  "table-lost": {
    name: "table-lost",
    harm: "the table is deleted with everything in it, its protection first, and restored from its newest backup",
    needsBackup: true,
    losesAccount: false,
    takeover: null,
    inject: (harm) => harm.deleteTable(),
    command: ({ table }) => ["dr", "restore", "--backup", "latest", "--table", table],
  },
  "items-corrupted": {
    name: "items-corrupted",
    harm: "the drill's own items are overwritten as a bad release would, and the table is restored to the moment before, beside the one that is there",
    needsBackup: false,
    losesAccount: false,
    takeover: null,
    inject: (harm) => harm.corrupt(harm.heartbeats),
    command: ({ table, failedAt }) => [
      "dr",
      "restore",
      "--to",
      secondBefore(failedAt),
      "--table",
      table,
    ],
  },
  "function-broken": {
    name: "function-broken",
    harm: "callers of one function are led to code that fails, and all back to the live release",
    needsBackup: false,
    losesAccount: false,
    takeover: null,
    inject: (harm) => harm.breakFunction(),
    command: ({ release }) => ["rollback", "--to", release],
  },
  "account-empty": {
    name: "account-empty",
    harm: "everything that Terraform has made in the account is deleted, tables, roles and buckets too, and the service is rebuilt from what is elsewhere",
    needsBackup: true,
    losesAccount: true,
    takeover: null,
    inject: (harm) => harm.emptyAccount(),
    command: ({ release }) => ["dr", "rebuild", "--release", release],
  },
  "region-lost": {
    name: "region-lost",
    harm: "nobody gets anywhere in the environment's region, and callers are led to the region that stands by, without what was not there yet; then the region comes back, and so do they",
    needsBackup: false,
    losesAccount: false,
    takeover: {
      rehearsal: (region) => ["dr", "failover", "--to", region, "--dry-run"],
      home: ["dr", "failback"],
    },
    inject: (harm) => harm.loseRegion(),
    command: ({ standby }) => ["dr", "failover", "--to", standby, "--accept-data-loss"],
  },
};

/** DynamoDB restores to whole seconds: the last one that had nothing wrong in it. */
function secondBefore(at: number): string {
  return new Date(Math.floor(at / 1_000) * 1_000).toISOString();
}
