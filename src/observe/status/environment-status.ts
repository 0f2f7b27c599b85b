import type { AlarmState } from "../../aws/index.ts";
import type { EnvironmentName } from "../../plan/index.ts";
import type { Standing } from "../../release/index.ts";
import { alarmTerms } from "../alarms/alarm-terms.ts";
import { highest, type Series, total } from "../figures/series.ts";
import type { EnvironmentFacts, FunctionFacts, Unread } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { judge } from "./judge.ts";
import { newestBackup } from "./newest-backup.ts";

/**
 * An environment as `status` answers with `--json`. A figure is null where nothing was reported: that is not 0. Times
 * are ISO 8601, in UTC.
 */
export interface EnvironmentStatus {
  readonly environment: EnvironmentName;
  readonly accountId: string;
  readonly region: string;
  readonly at: string;
  /** `unknown` where something could not be read, and nothing is known to be wrong. */
  readonly state: "healthy" | "wrong" | "unknown";
  readonly window: { readonly from: string; readonly to: string; readonly periodSeconds: number };
  readonly release: {
    readonly id: string;
    readonly builtAt: string;
    readonly commit: string | null;
    readonly standing: Standing["is"];
  } | null;
  readonly lastOperation: {
    readonly number: number;
    readonly action: string;
    readonly release: string | null;
    readonly at: string;
    readonly by: string;
    readonly host: string;
    readonly user: string;
    readonly run: string | null;
    /** Null while it is under way, or where it was cut off. */
    readonly outcome: string | null;
  } | null;
  readonly functions: readonly FunctionStatus[];
  readonly api: {
    readonly requests: number | null;
    readonly serverErrors: number | null;
    readonly p99Milliseconds: number | null;
  } | null;
  readonly alarms: readonly {
    readonly name: string;
    /** `missing` where there is no such alarm. */
    readonly state: AlarmState["state"] | "missing";
    readonly since: string | null;
    readonly severity: string | null;
  }[];
  readonly tables: readonly {
    readonly name: string;
    readonly throttledRequests: number | null;
    readonly backup: {
      readonly kind: string;
      readonly at: string;
      readonly ageMinutes: number;
    } | null;
    readonly rpoMinutes: number;
    readonly isProtected: boolean | null;
  }[];
  /** What is wrong; empty where nothing is. */
  readonly findings: readonly Finding[];
  /** What could not be read, and why. */
  readonly unread: readonly (Unread & { readonly part: string })[];
}

export interface FunctionStatus {
  readonly key: string;
  readonly name: string;
  readonly version: string | null;
  readonly canary: { readonly version: string; readonly percent: number } | null;
  readonly invocations: number | null;
  readonly errors: number | null;
  /** Of the invocations; null where there were none. */
  readonly errorPercent: number | null;
  /** Of the slowest period. */
  readonly p50Milliseconds: number | null;
  /** Of the slowest period. */
  readonly p99Milliseconds: number | null;
  readonly throttles: number | null;
  readonly coldStarts: number | null;
  /** How many ran at the same time at most. */
  readonly concurrency: number | null;
  readonly series: {
    readonly invocations: Series;
    readonly errors: Series;
    readonly p99Milliseconds: Series;
  };
}

/** Puts in order what is known, with what is wrong. */
export function environmentStatus(facts: EnvironmentFacts): EnvironmentStatus {
  const { plan, at, window, release } = facts;
  const findings = judge(facts);
  const unread = Object.entries({
    functions: facts.functions,
    figures: facts.figures,
    alarms: facts.alarms,
    tables: facts.tables,
  }).flatMap(([part, asked]) => ("unread" in asked ? [{ part, ...asked.unread }] : []));
  const { live, last } = release;
  return {
    environment: plan.environment,
    accountId: plan.accountId,
    region: plan.region,
    at: at.toISOString(),
    state: findings.length > 0 ? "wrong" : unread.length > 0 ? "unknown" : "healthy",
    window: {
      from: window.from.toISOString(),
      to: window.to.toISOString(),
      periodSeconds: window.periodSeconds,
    },
    release: live && {
      id: live.id,
      builtAt: live.built.at,
      commit: live.built.commit?.sha ?? null,
      standing: release.standing,
    },
    lastOperation: last && {
      number: last.number,
      action: last.started.action,
      release: last.started.release,
      at: last.started.at,
      by: last.started.by,
      host: last.started.from.host,
      user: last.started.from.user,
      run: last.started.from.run,
      outcome: last.ended?.outcome ?? null,
    },
    functions: functionStatuses(facts),
    api: apiStatus(facts),
    alarms: alarmStatuses(facts),
    tables: tableStatuses(facts),
    findings,
    unread,
  };
}

function functionStatuses(facts: EnvironmentFacts): FunctionStatus[] {
  const there = "known" in facts.functions ? facts.functions.known : [];
  const states = new Map<string, FunctionFacts>(there.map((one) => [one.plan.name, one]));
  const figures = "known" in facts.figures ? facts.figures.known.functions : undefined;
  return facts.plan.functions.map(({ key, name }) => {
    const alias = states.get(name)?.alias;
    const figure = figures?.get(name);
    const sum = (series?: Series) => total(series ?? []);
    const most = (series?: Series) => highest(series ?? []);
    const [invocations, errors] = [sum(figure?.invocations), sum(figure?.errors)];
    return {
      key,
      name,
      version: alias?.version ?? null,
      canary: alias?.canary
        ? { version: alias.canary.version, percent: rounded(alias.canary.share * 100) }
        : null,
      invocations,
      errors,
      errorPercent:
        invocations === null || invocations === 0
          ? null
          : rounded((100 * (errors ?? 0)) / invocations),
      p50Milliseconds: most(figure?.p50Milliseconds),
      p99Milliseconds: most(figure?.p99Milliseconds),
      throttles: sum(figure?.throttles),
      coldStarts: sum(figure?.coldStarts),
      concurrency: most(figure?.concurrency),
      series: {
        invocations: figure?.invocations ?? [],
        errors: figure?.errors ?? [],
        p99Milliseconds: figure?.p99Milliseconds ?? [],
      },
    };
  });
}

function apiStatus({ figures }: EnvironmentFacts): EnvironmentStatus["api"] {
  if (!("known" in figures) || figures.known.api === null) return null;
  const { requests, serverErrors, p99Milliseconds } = figures.known.api;
  return {
    requests: total(requests),
    serverErrors: total(serverErrors),
    p99Milliseconds: highest(p99Milliseconds),
  };
}

function alarmStatuses({ alarms, plan }: EnvironmentFacts): EnvironmentStatus["alarms"] {
  if (!("known" in alarms)) return [];
  const states = new Map(alarms.known.map((one) => [one.name, one]));
  return plan.alarms.map((planned) => {
    const state = states.get(planned.name);
    return {
      name: planned.name,
      state: state?.state ?? "missing",
      since: state?.since ?? null,
      severity: alarmTerms(planned).severity,
    };
  });
}

function tableStatuses({
  tables,
  figures,
  plan,
  at,
}: EnvironmentFacts): EnvironmentStatus["tables"] {
  if (!("known" in tables)) return [];
  return tables.known.map((table) => {
    const newest = newestBackup(table, at);
    const throttled = "known" in figures ? figures.known.tables.get(table.plan.name) : undefined;
    return {
      name: table.plan.name,
      throttledRequests: total(throttled ?? []),
      backup: newest
        ? {
            kind: newest.point.kind,
            at: newest.point.at,
            ageMinutes: Math.floor(newest.ageMinutes),
          }
        : null,
      rpoMinutes: plan.recovery.rpoMinutes,
      isProtected: table.state?.isProtected ?? null,
    };
  });
}

/** Two digits behind the point: what is a share of a share is no number that anybody reads. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
