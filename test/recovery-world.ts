/** DynamoDB in memory, as far as the room `recover` sees it: tables, their backups, restores that lose settings. */
import {
  type BackupState,
  type PointRestore,
  type RestoreJob,
  type RestoreSource,
  type TableSettings,
  targetTaken,
} from "../src/aws/index.ts";
import type { BackupVault, RecoveryGateways, RestoreStack } from "../src/recover/index.ts";
import { settingsOfPlan } from "../src/recover/index.ts";
import type { ReleaseView } from "../src/release/index.ts";
import { type MemoryEnvironment, memoryStack } from "./release-world.ts";

export interface MemoryTable {
  items: string[];
  settings: TableSettings;
  /** What it was restored from. */
  restore: { readonly backup: string | null; readonly table: string } | null;
}

/** As DynamoDB leaves a table that it has restored. */
const bare: TableSettings = {
  ...settingsOfPlan({ environment: "dev", tags: {} }, { timeToLiveAttribute: null }),
  recoveryDays: null,
};

export class MemoryDynamo implements RecoveryGateways {
  /** What AWS Backup has, by ARN. */
  readonly points = new Map<string, BackupState & { readonly items: readonly string[] }>();
  /** The restores that AWS Backup was asked for. */
  readonly jobs: (PointRestore & RestoreJob & { readonly role: string })[] = [];
  /** What becomes of the next one. */
  nextJob: RestoreJob["state"] = "done";
  readonly copies = null;

  readonly there = new Map<string, MemoryTable>();
  readonly kept = new Map<string, BackupState & { readonly items: readonly string[] }>();
  /** Called before each call that changes something, and may fail it. */
  onChange: (what: string) => void = () => {};

  table(name: string): MemoryTable {
    const table = this.there.get(name);
    if (table === undefined) throw new Error(`There is no table ${name}`);
    return table;
  }

  readonly backups: RecoveryGateways["backups"] = {
    list: async (table) =>
      [...this.kept.values()]
        .filter(({ arn }) => arn.startsWith(`arn:aws:dynamodb:::table/${table}/`))
        .reverse(),
    window: async (table) => {
      const { settings } = this.there.get(table) ?? {};
      if (settings === undefined) return undefined;
      if (settings.recoveryDays === null) return null;
      return { earliest: "2026-01-01T00:00:00.000Z", latest: new Date().toISOString() };
    },
    create: async (table, name) => {
      this.onChange(`back up ${table}`);
      const arn = `arn:aws:dynamodb:::table/${table}/backup/${this.kept.size + 1}`;
      const at = new Date().toISOString();
      const { items } = this.table(table);
      this.kept.set(arn, {
        arn,
        name,
        at,
        kind: "on-demand",
        status: "AVAILABLE",
        bytes: 1,
        expiresAt: null,
        items: [...items],
      });
      return arn;
    },
    status: async (arn) => this.kept.get(arn)?.status,
    remove: async (arn) => {
      this.onChange(`remove ${arn}`);
      this.kept.delete(arn);
    },
  };

  readonly restores: RecoveryGateways["restores"] = {
    read: async (name) => {
      const table = this.there.get(name);
      if (table === undefined) return undefined;
      const { items, restore } = table;
      return {
        status: "ACTIVE",
        items: items.length,
        bytes: items.length,
        replicas: [],
        restore: restore === null ? null : { isRunning: false, ...restore },
      };
    },
    start: async (target: string, source: RestoreSource) => {
      this.onChange(`restore ${target}`);
      if (this.there.has(target)) throw targetTaken(target);
      const backup = "backup" in source ? this.kept.get(source.backup) : undefined;
      const items = "backup" in source ? (backup?.items ?? []) : this.table(source.table).items;
      const table = "backup" in source ? (source.backup.split("/")[1] ?? "") : source.table;
      const arn = "backup" in source ? source.backup : null;
      this.there.set(target, {
        items: [...items],
        settings: bare,
        restore: { backup: arn, table },
      });
    },
  };

  readonly vault: BackupVault = {
    name: "vault",
    region: "eu-west-1",
    role: "arn:aws:iam::1:role/backup",
    tableArn: (name) => `arn:aws:dynamodb:::table/${name}`,
    points: {
      list: async (_, tableArn) =>
        [...this.points.values()].filter(
          ({ vault }) => this.vault.tableArn(vault?.table ?? "") === tableArn,
        ),
      find: async ({ point, target, at }) =>
        this.jobs.findLast((job) => job.point === point && job.target === target && job.at === at),
      start: async (asked, role) => {
        this.onChange(`restore ${asked.target}`);
        const { point, target } = asked;
        const id = `job-${this.jobs.length + 1}`;
        const job = { ...asked, id, role, state: this.nextJob, message: "no grant" };
        this.jobs.push(job);
        if (job.state === "failed") return id;
        const items = [...(this.points.get(point)?.items ?? [])];
        this.there.set(target, { items, settings: bare, restore: null });
        return id;
      },
      job: async (id) => {
        const job = this.jobs.find((one) => one.id === id);
        if (job === undefined) throw new Error(`There is no job ${id}`);
        return job;
      },
    },
  };

  readonly tables: RecoveryGateways["tables"] = {
    settings: async (name) => this.there.get(name)?.settings,
    set: async (name, setting, value) => {
      this.onChange(`set ${setting}`);
      const table = this.table(name);
      table.settings = { ...table.settings, [setting]: value };
    },
    tag: async (name, tags) => {
      this.onChange(`tag ${name}`);
      const table = this.table(name);
      table.settings = { ...table.settings, tags: { ...table.settings.tags, ...tags } };
    },
  };
}

/** Terraform, whose state knows one table by its key, and whose functions are told its name. */
export class MemoryTerraform {
  state: string | null;
  /** What the functions were last published with. */
  published: string;
  onChange: (what: string) => void = () => {};

  constructor(table: string) {
    this.state = table;
    this.published = table;
  }

  open(environment: MemoryEnvironment, { release }: ReleaseView) {
    return async (
      plan: ReleaseView["plan"],
      table: { readonly name: string } | undefined,
    ): Promise<RestoreStack> => {
      const stack = memoryStack(environment, release);
      const name = plan.tables[0]?.name ?? "";
      const isSame = () => this.state === name && this.published === name;
      return {
        ...stack,
        plan: async () => [],
        takeOver: async (wanted) => {
          if (this.state === null || this.state === wanted.name) return;
          this.onChange("forget");
          this.state = null;
        },
        apply: async () => {
          this.onChange("apply");
          if (this.state === null && table !== undefined) this.state = table.name;
          if (this.published === name) return;
          this.published = name;
          for (const { name: one } of plan.functions) {
            const versions = environment.traffic.versions.get(one) ?? [];
            versions.push(versions.at(-1) ?? "");
          }
        },
        isEmpty: async () => isSame(),
      };
    };
  }
}
