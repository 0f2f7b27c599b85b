import { highest, type Series, total } from "../figures/series.ts";
import type { EnvironmentStatus, FunctionStatus } from "./environment-status.ts";
import type { EnvironmentFacts, FunctionFacts } from "./facts.ts";
import { judge } from "./judge.ts";
import { newestBackup } from "./newest-backup.ts";

/** Puts in order what is known, with what is wrong. */
export function environmentStatus(facts: EnvironmentFacts): EnvironmentStatus {
  const { plan, at, window, release } = facts;
  const findings = judge(facts);
  const unread = Object.entries({
    functions: facts.functions,
    figures: facts.figures,
    alarms: facts.alarms,
    ...(facts.serviceAlarm === null ? {} : { "service-alarm": facts.serviceAlarm }),
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
    serviceAlarm: serviceAlarmStatus(facts),
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

function serviceAlarmStatus({
  serviceAlarm,
  plan,
}: EnvironmentFacts): EnvironmentStatus["serviceAlarm"] {
  if (serviceAlarm === null || !("known" in serviceAlarm) || plan.serviceAlarm === null)
    return null;
  const { known } = serviceAlarm;
  return {
    name: plan.serviceAlarm.name,
    state: known?.state ?? "missing",
    since: known?.since ?? null,
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
      severity: planned.severity,
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
      restored: table.restored,
    };
  });
}

/** Two digits behind the point: what is a share of a share is no number that anybody reads. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
