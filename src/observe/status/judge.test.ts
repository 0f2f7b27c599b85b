import { describe, expect, it } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import { builtRelease } from "../../../test/release-world.ts";
import type { AlarmState, CompositeAlarmState } from "../../aws/index.ts";
import type { Operation } from "../../release/index.ts";
import { seriesOf } from "../figures/series.ts";
import { windowOf } from "../time/time-window.ts";
import { environmentStatus } from "./describe-status.ts";
import type { EnvironmentFacts, FunctionFacts, TableFacts } from "./facts.ts";
import { figureQueries, figuresOf } from "./figure-queries.ts";
import { judge } from "./judge.ts";

const plan = productPlan("sit");
const at = new Date("2026-11-27T12:00:00Z");
const window = windowOf(new Date(at.getTime() - 3_600_000), at, 300);
const { release: live } = builtRelease("one");
const [list] = plan.functions;
const [table] = plan.tables;
if (list === undefined || table === undefined) throw new Error("no function, or no table");

const operation = (more: Partial<Operation> = {}): Operation => ({
  number: 7,
  started: {
    at: "2026-11-27T09:00:00.000Z",
    by: "arn:aws:sts::111122223333:assumed-role/deployer/alice",
    from: { host: "laptop-7", user: "alice", run: null, pid: 1 },
    action: "promote",
    release: live.id,
    previous: null,
    before: {},
    planDigest: null,
    confirmation: null,
    reason: null,
    continues: null,
  },
  applied: null,
  shares: [],
  verified: null,
  restore: null,
  moved: null,
  ended: { at: "2026-11-27T09:01:00.000Z", outcome: "live", why: null, seconds: 60 },
  ...more,
});

const functionFacts: readonly FunctionFacts[] = plan.functions.map((one) => ({
  plan: one,
  alias: { version: "3", canary: null },
  state: {
    version: "3",
    sha256: live.artifacts[one.key]?.sha256 ?? "",
    runtime: one.runtime,
    memoryMb: one.memoryMb,
    timeoutSeconds: one.timeoutSeconds,
    variables: Object.keys(one.environmentVariables),
  },
}));
const alarmStates: readonly AlarmState[] = plan.alarms.map((one) => ({
  name: one.name,
  state: "OK",
  since: null,
  reason: "",
  reasonData: null,
  threshold: one.threshold,
  comparison: one.comparison,
  periods: one.periods,
  datapointsToAlarm: one.datapointsToAlarm,
  missingData: one.missingData,
  expression: one.expression,
  periodSeconds: one.periodSeconds,
  actionsEnabled: true,
  // Pages go by way of the service's alarm.
  actions: one.severity === "page" ? [] : ["arn:aws:sns:eu-west-1:111122223333:alarms"],
}));
const serviceAlarm: CompositeAlarmState = {
  name: plan.serviceAlarm?.name ?? "",
  state: "OK",
  since: null,
  reason: "",
  reasonData: null,
  actionsEnabled: true,
  actions: ["arn:aws:sns:eu-west-1:111122223333:pages"],
  rule: plan.serviceAlarm?.rule ?? "",
};
const tableFacts: readonly TableFacts[] = plan.tables.map((one) => ({
  plan: one,
  state: {
    status: "ACTIVE",
    isProtected: true,
    hasKey: true,
    keys: ["PK", "SK"],
    indexes: one.indexes.map(({ name }) => ({ name, status: "ACTIVE", keys: [] })),
    timeToLiveAttribute: one.timeToLiveAttribute,
  },
  backups: [{ kind: "continuous", at: "2026-11-27T11:55:00.000Z" }],
  restored: null,
}));

/** Points of a figure in the second period of the window, by what it is asked as. */
function counted(values: Readonly<Record<string, number>>) {
  const points = figureQueries(plan).map(({ id }) => {
    const value = values[id];
    const there = value === undefined ? [] : [{ at: window.from.getTime() + 300_000, value }];
    return [id, there] as const;
  });
  return { known: figuresOf(plan, new Map(points), window) };
}

const well: EnvironmentFacts = {
  plan,
  at,
  window,
  release: {
    live,
    versions: Object.fromEntries(plan.functions.map(({ name }) => [name, "3"])),
    standing: "verified",
    last: operation(),
    unfinished: null,
    isHeld: false,
  },
  functions: { known: functionFacts },
  figures: counted({ invocations_0: 1_000, errors_0: 0 }),
  alarms: { known: alarmStates },
  serviceAlarm: { known: serviceAlarm },
  tables: { known: tableFacts },
  drift: undefined,
};

const withFunction = (change: Partial<FunctionFacts>): Partial<EnvironmentFacts> => ({
  functions: { known: [{ ...(functionFacts[0] as FunctionFacts), ...change }] },
});
const state = functionFacts[0]?.state as NonNullable<FunctionFacts["state"]>;
const withAlarm = (change: Partial<AlarmState>): Partial<EnvironmentFacts> => ({
  alarms: {
    known: alarmStates.map((one, index) => (index === 0 ? { ...one, ...change } : one)),
  },
});
const withTable = (change: Partial<TableFacts>): Partial<EnvironmentFacts> => ({
  tables: { known: [{ ...(tableFacts[0] as TableFacts), ...change }] },
});
const tableState = tableFacts[0]?.state as NonNullable<TableFacts["state"]>;
const unread = { code: "AWS_NOT_ALLOWED", message: "No.", fix: "ask", exitCode: 77 } as const;

const plannedAgain = "lambdakit plan --env sit";
const back = `lambdakit rollback --env sit --to ${live.id}`;

describe("an environment", () => {
  it("is healthy where everything is as the release made it", () => {
    expect(judge(well)).toEqual([]);
    expect(environmentStatus(well).state).toBe("healthy");
  });

  it.each<[string, Partial<EnvironmentFacts>, string, string]>([
    [
      "fires an alarm",
      withAlarm({
        state: "ALARM",
        since: "2026-11-27T11:50:00.000Z",
        reasonData: JSON.stringify({ recentDatapoints: [12.5], threshold: 1 }),
      }),
      `alarm-firing ${list.name.replace("-sit", "")}-errors-sit: fires since 2026-11-27 11:50: 12.5 %; fires above 1 %`,
      `lambdakit alarms show ${list.name.replace("-sit", "")}-errors-sit --env sit`,
    ],
    [
      "lacks an alarm",
      { alarms: { known: alarmStates.slice(1) } },
      `alarm-missing ${plan.alarms[0]?.name}: is not there. It would say: ${plan.alarms[0]?.description}`,
      plannedAgain,
    ],
    [
      "has an alarm that somebody has changed",
      withAlarm({ threshold: 99 }),
      `alarm-differs ${plan.alarms[0]?.name}: has threshold 99, planned 1`,
      plannedAgain,
    ],
    [
      "has an alarm that was silenced",
      withAlarm({ actionsEnabled: false }),
      `alarm-muted ${plan.alarms[0]?.name}: was told to tell nobody`,
      plannedAgain,
    ],
    [
      "has an alarm that nobody listens to",
      withAlarm({ actions: [] }),
      `alarm-muted ${plan.alarms[0]?.name}: has nobody to tell`,
      plannedAgain,
    ],
    [
      "failed more often than allowed, and no alarm says so any more",
      { figures: counted({ invocations_0: 1_000, errors_0: 20 }) },
      `errors-high ${list.name}: 20 of 1000 invocations failed, 2.0 % where 1 % are allowed`,
      "lambdakit logs list --env sit",
    ],
    [
      "refused invocations",
      { figures: counted({ throttles_0: 6 }) },
      `throttled ${list.name}: 6 invocations were refused, because too many ran at once`,
      "lambdakit metrics list --env sit",
    ],
    [
      "has a table that throttles",
      { figures: counted({ table0_getItem: 4, table0_query: 3 }) },
      `table-throttled ${table.name}: DynamoDB has throttled 7 requests`,
      "lambdakit metrics --env sit",
    ],
    [
      "has a release that failed its checks",
      { release: { ...well.release, standing: "failed" } },
      `release-failed ${live.id}: ${live.id} is live, and did not do what it promises when somebody looked`,
      "lambdakit verify --env sit",
    ],
    [
      "was left in the middle of a promotion",
      { release: { ...well.release, unfinished: operation({ ended: null }) } },
      `release-unfinished 7: the promote of ${live.id}, begun at 2026-11-27T09:00:00.000Z by alice on laptop-7, did not come to its end`,
      "lambdakit releases history --env sit",
    ],
    [
      "has an alias that somebody has moved",
      withFunction({ alias: { version: "2", canary: null } }),
      `alias-moved ${list.name}: live leads to version 2, and ${live.id} is version 3: somebody has moved it`,
      back,
    ],
    [
      "has a canary that nobody moves",
      withFunction({ alias: { version: "3", canary: { version: "4", share: 0.1 } } }),
      `canary-left ${list.name}: 10 % of its callers get version 4, and nobody is moving them`,
      back,
    ],
    [
      "runs other code than was released",
      withFunction({ state: { ...state, sha256: "ab".repeat(32) } }),
      `code-differs ${list.name}: version 3 is abababababab, and the record of ${live.id} says ${live.artifacts.list?.sha256.slice(0, 12)}`,
      `lambdakit releases show ${live.id} --env sit`,
    ],
    [
      "runs with another configuration",
      withFunction({
        state: { ...state, memoryMb: 128, variables: [...state.variables.slice(1), "DEBUG"] },
      }),
      `configuration-differs ${list.name}: version 3 has memory in MB 128, planned 256; no variable ${state.variables[0]}; a variable DEBUG that is not planned`,
      plannedAgain,
    ],
    [
      "lacks a function",
      withFunction({ alias: undefined, state: undefined }),
      `function-missing ${list.name}: ${list.name} has no alias live, or is not there`,
      plannedAgain,
    ],
    [
      "lost a table",
      withTable({ state: undefined, backups: [] }),
      `table-missing ${table.name}: is not there. Restore it before anything is applied: an apply makes an empty one`,
      plannedAgain,
    ],
    [
      "has a table that may be deleted",
      withTable({ state: { ...tableState, isProtected: false } }),
      `table-unprotected ${table.name}: may be deleted: its deletion protection is off`,
      plannedAgain,
    ],
    [
      "has a table with other keys, a missing index and no time to live",
      withTable({
        state: { ...tableState, keys: ["id"], indexes: [], timeToLiveAttribute: null },
      }),
      `table-differs ${table.name}: keys id, planned PK, SK; no index ActiveProductsIndex; time to live off, planned expiresAt`,
      plannedAgain,
    ],
    [
      "has an index that is being made",
      withTable({
        state: {
          ...tableState,
          status: "UPDATING",
          indexes: [{ name: "ActiveProductsIndex", status: "CREATING", keys: [] }],
        },
      }),
      `table-differs ${table.name}: is UPDATING; the index ActiveProductsIndex is CREATING`,
      plannedAgain,
    ],
    [
      "cannot restore a table",
      withTable({ backups: [] }),
      `backup-none ${table.name}: cannot be restored: no point-in-time recovery, and no backup; an RPO of 60 min is promised`,
      plannedAgain,
    ],
    [
      "can restore a table only to a time that is too long ago",
      withTable({
        backups: [
          { kind: "on-demand", at: "2026-11-27T10:00:00.000Z" },
          { kind: "aws-backup", at: "2026-11-27T10:30:00.000Z" },
        ],
      }),
      `backup-too-old ${table.name}: can be restored as it was 90 min ago, and an RPO of 60 min is promised`,
      plannedAgain,
    ],
    [
      "is not what Terraform would make",
      {
        drift: [
          {
            address: "module.table",
            type: "aws_dynamodb_table",
            action: "replace",
            losesData: true,
            attributes: [],
          },
        ],
      },
      "stack-differs module.table: Terraform would replace it, and all its data would be lost",
      plannedAgain,
    ],
  ])("is wrong where it %s", (_, change, what, next) => {
    const facts = { ...well, ...change };
    const found = judge(facts).map((one) => [`${one.id} ${one.subject}: ${one.message}`, one.next]);
    expect(found).toEqual([[what, next]]);
    expect(environmentStatus(facts).state).toBe("wrong");
  });

  it("is wrong where it was never deployed, and nothing else is held against it", () => {
    const nothing: EnvironmentFacts = {
      ...well,
      release: { ...well.release, live: null, versions: {}, last: null, standing: "not-verified" },
      functions: {
        known: functionFacts.map((one) => ({ ...one, alias: undefined, state: undefined })),
      },
      figures: counted({}),
      alarms: { known: [] },
      tables: { known: tableFacts.map((one) => ({ ...one, state: undefined, backups: [] })) },
    };
    expect(judge(nothing).map(({ id, next }) => [id, next])).toEqual([
      ["not-deployed", "lambdakit promote --from dev --to sit"],
    ]);
    const dev = judge({ ...nothing, plan: productPlan("dev") });
    expect(dev.map(({ next }) => next)).toEqual(["lambdakit deploy --env dev"]);
  });

  it("is not blamed for traffic that somebody is moving at this moment", () => {
    const moving = withFunction({ alias: { version: "2", canary: { version: "3", share: 0.1 } } });
    const held = { ...well.release, unfinished: operation({ ended: null }), isHeld: true };
    expect(judge({ ...well, ...moving, release: held })).toEqual([]);
  });

  it("says of failures what the alarm says, and no more, while that fires", () => {
    const facts = {
      ...well,
      ...withAlarm({ state: "ALARM", reason: "bad" }),
      figures: counted({ invocations_0: 10, errors_0: 10 }),
    };
    expect(judge(facts).map(({ id }) => id)).toEqual(["alarm-firing"]);
  });

  it("is healthy though the authorizer refuses every token, which for Lambda is an error each time", () => {
    const at = plan.functions.findIndex(({ key }) => key === "authorizer");
    const refused = { [`invocations_${at}`]: 1_000, [`errors_${at}`]: 1_000 };
    const facts = { ...well, figures: counted({ invocations_0: 1_000, errors_0: 0, ...refused }) };
    const status = environmentStatus(facts);
    expect([status.state, status.findings]).toEqual(["healthy", []]);
    // It is there to be seen, and the limit of another function would have called it a failure.
    expect(status.functions[at]).toMatchObject({ invocations: 1_000, errorPercent: 100 });
    const other = { ...well, figures: counted({ invocations_0: 1_000, errors_0: 1_000 }) };
    expect(judge(other).map(({ id }) => id)).toEqual(["errors-high"]);
    // Too many at once are no refusals: their callers get a 500.
    const throttled = { ...well, figures: counted({ ...refused, [`throttles_${at}`]: 1_000 }) };
    expect(judge(throttled).map(({ id }) => id)).toEqual(["throttled"]);
  });

  it("is not healthy where something could not be read, and not wrong either", () => {
    const status = environmentStatus({ ...well, alarms: { unread }, figures: { unread } });
    expect([status.state, status.findings]).toEqual(["unknown", []]);
    expect(status.unread).toEqual([
      { part: "figures", ...unread },
      { part: "alarms", ...unread },
    ]);
    const wrong = environmentStatus({ ...well, ...withTable({ backups: [] }), alarms: { unread } });
    expect(wrong.state).toBe("wrong");
    for (const part of ["functions", "tables"] as const) {
      expect(environmentStatus({ ...well, [part]: { unread } }).state).toBe("unknown");
    }
  });

  it("has a function that was not called with no share of errors, and no latency", () => {
    const { functions } = environmentStatus(well);
    const figures = functions.map(({ invocations, errorPercent, p99Milliseconds }) => {
      return [invocations, errorPercent, p99Milliseconds];
    });
    expect(figures.slice(0, 2)).toEqual([
      [1_000, 0, null],
      [null, null, null],
    ]);
  });

  it("counts a backup that a slow clock puts into the future as one of now", () => {
    const { tables } = environmentStatus({
      ...well,
      ...withTable({ backups: [{ kind: "continuous", at: "2026-11-27T12:04:00.000Z" }] }),
    });
    expect(tables[0]?.backup?.ageMinutes).toBe(0);
  });

  it("leaves tables alone that others look after, but for what the release needs of them", () => {
    const theirs = { ...table, existing: true };
    const facts = withTable({
      plan: theirs,
      state: { ...tableState, isProtected: false, timeToLiveAttribute: null },
    });
    expect(judge({ ...well, ...facts })).toEqual([]);
  });
});

describe("the figures of a status", () => {
  it("are asked for in one call, each under a name of its own that CloudWatch takes", () => {
    const ids = figureQueries(plan).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeLessThanOrEqual(500);
    expect(ids.filter((id) => !/^[a-z]\w*$/.test(id))).toEqual([]);
  });

  it("are empty where nothing was reported", () => {
    const figures = figuresOf(plan, new Map(), window);
    expect(figures.tables.get(table.name)).toEqual(seriesOf([], window));
    expect(figures.functions.get(list.name)?.errors).toEqual(seriesOf([], window));
  });
});
