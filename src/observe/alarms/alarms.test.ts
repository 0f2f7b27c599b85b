import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import type { AlarmState } from "../../aws/index.ts";
import { alarmDifferences } from "./alarm-differences.ts";
import { alarmRows } from "./alarm-rows.ts";
import { chooseAlarms } from "./choose-alarms.ts";
import { parseReason, readableReason } from "./readable-reason.ts";
import { serviceAlarmRow } from "./service-alarm-row.ts";

const plan = productPlan("prod");
const [errors, duration] = plan.alarms;
if (errors === undefined || duration === undefined) throw new Error("no alarms");

/** As CloudWatch has it after `terraform apply`. */
function asPlanned(
  alarm: (typeof plan.alarms)[number],
  more: Partial<AlarmState> = {},
): AlarmState {
  return {
    name: alarm.name,
    state: "OK",
    since: "2026-11-27T10:00:00.000Z",
    reason: "",
    reasonData: null,
    threshold: alarm.threshold,
    comparison: alarm.comparison,
    periods: alarm.periods,
    datapointsToAlarm: alarm.datapointsToAlarm,
    missingData: alarm.missingData,
    expression: alarm.expression,
    periodSeconds: alarm.periodSeconds,
    actionsEnabled: true,
    actions: ["arn:aws:sns:eu-west-1:111122223333:alarms"],
    ...more,
  };
}

const inUnit = (unit: typeof errors.unit) => ({ unit, comparison: errors.comparison });

describe("an alarm that is there", () => {
  it("is as planned where nobody has touched it", () => {
    for (const alarm of plan.alarms) expect(alarmDifferences(alarm, asPlanned(alarm))).toEqual([]);
  });

  it.each([
    [{ threshold: 50 }, "threshold 50, planned 1"],
    [{ threshold: null }, "threshold none, planned 1"],
    [
      { comparison: "LessThanThreshold" },
      "comparison LessThanThreshold, planned GreaterThanThreshold",
    ],
    [{ periods: 5 }, "periods 5, planned 1"],
    [{ datapointsToAlarm: 3 }, "datapoints to alarm 3, planned 1"],
    [{ missingData: "breaching" }, "missing data breaching, planned notBreaching"],
    [{ periodSeconds: 60 }, "period in seconds 60, planned 900"],
    [{ expression: null }, `expression none, planned ${errors.expression}`],
  ])("is not as planned with %j", (change, difference) => {
    expect(alarmDifferences(errors, asPlanned(errors, change))).toEqual([difference]);
  });
});

describe("rows of alarms", () => {
  it("begin with those that fire, then those that are not there", () => {
    const states = [asPlanned(errors), asPlanned(duration, { state: "ALARM" })];
    const rows = alarmRows(plan.alarms.slice(0, 3), states, true);
    expect(rows.map(({ name, state }) => [name, state])).toEqual([
      [duration.name, "ALARM"],
      [plan.alarms[2]?.name, "missing"],
      [errors.name, "OK"],
    ]);
  });

  it("say whether anybody hears of them", () => {
    const ticket = { ...errors, severity: "ticket" as const };
    const heard = (more: Partial<AlarmState>) =>
      alarmRows([ticket], [asPlanned(ticket, more)], false)[0]?.isHeard;
    expect([heard({}), heard({ actionsEnabled: false }), heard({ actions: [] })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(alarmRows([ticket], [], true)[0]?.isHeard).toBe(false);
  });

  it("that wake somebody are heard by way of the service's alarm, if that is", () => {
    const page = { ...errors, severity: "page" as const };
    const heard = (wakes: boolean | null) =>
      alarmRows([page], [asPlanned(page, { actions: [] })], wakes)[0]?.isHeard;
    expect([heard(true), heard(false), heard(null)]).toEqual([true, false, null]);
  });
});

describe("the alarm of the service", () => {
  const planned = plan.serviceAlarm;
  if (planned === null) throw new Error("no alarm of the service");
  const state = {
    name: planned.name,
    state: "ALARM" as const,
    since: "2026-11-27T11:00:00.000Z",
    reason: "",
    reasonData: null,
    actionsEnabled: true,
    actions: ["arn:aws:sns:eu-west-1:111122223333:pages"],
    rule: planned.rule,
  };

  it("is as CloudWatch has it", () => {
    expect(serviceAlarmRow(planned, { known: state })).toMatchObject({
      ...planned,
      state: "ALARM",
      since: state.since,
      isHeard: true,
    });
    const heard = (more: object) =>
      serviceAlarmRow(planned, { known: { ...state, ...more } }).isHeard;
    expect([heard({ actionsEnabled: false }), heard({ actions: [] })]).toEqual([false, false]);
  });

  it("is missing where it could be, and unknown where there can be none or it cannot be read", () => {
    const { state: there, isHeard } = serviceAlarmRow(planned, { known: undefined });
    expect([there, isHeard]).toEqual(["missing", false]);
    const unknown = serviceAlarmRow(planned, null);
    expect([unknown.state, unknown.isHeard, unknown.unread]).toEqual(["unknown", null, null]);
    const unread = { code: "AWS_NOT_ALLOWED", message: "No.", fix: "ask", exitCode: 77 } as const;
    expect(serviceAlarmRow(planned, { unread })).toMatchObject({ state: "unknown", unread });
  });
});

describe("the alarms that are asked for", () => {
  const namesOf = (asked?: string) => {
    const { service, alarms } = chooseAlarms(plan, asked);
    return [service?.name, ...alarms.map(({ name }) => name)];
  };

  it("are all of them where none is named", () => {
    expect(namesOf()).toEqual([plan.serviceAlarm?.name, ...plan.alarms.map(({ name }) => name)]);
  });

  it.each(["bbws-product-list-errors-prod", "list-errors"])("are one for %s", (name) => {
    expect(namesOf(name)).toEqual([undefined, "bbws-product-list-errors-prod"]);
  });

  it.each(["bbws-product-service-prod", "service"])(
    "are for %s those that wake somebody",
    (name) => {
      expect(namesOf(name)).toEqual([
        plan.serviceAlarm?.name,
        ...(plan.serviceAlarm?.alarms ?? []),
      ]);
      expect(chooseAlarms(plan, name).alarms.every(({ severity }) => severity === "page")).toBe(
        true,
      );
    },
  );

  it.each([
    [
      "bbws-product-list-error-prod",
      "lambdakit alarms show bbws-product-list-errors-prod --env prod",
    ],
    ["lst-errors", "lambdakit alarms show list-errors --env prod"],
    ["servce", "lambdakit alarms show service --env prod"],
    ["5xx", "lambdakit alarms show bbws-product-api-5xx-errors-prod --env prod"],
    ["volcano", "lambdakit alarms --env prod"],
  ])("are none for %s, and the nearest is said", (name, fix) => {
    expect(() => chooseAlarms(plan, name)).toThrow(
      expect.objectContaining({ code: "OBSERVE_UNKNOWN_ALARM", fix }),
    );
  });

  it("are no alarm over others where a service has none", () => {
    expect(() => chooseAlarms({ ...plan, serviceAlarm: null }, "service")).toThrow(
      expect.objectContaining({ code: "OBSERVE_UNKNOWN_ALARM" }),
    );
  });
});

describe("the reason of a state", () => {
  const data = (value: object) => JSON.stringify({ version: "1.0", ...value });

  it("is the figures, the oldest first, and the limit", () => {
    const reasonData = data({ recentDatapoints: [65.61771, 99.97497], threshold: 40 });
    expect(readableReason({ reason: "", reasonData }, inUnit("percent"))).toBe(
      "65.62 %, then 99.97 %; fires above 40 %",
    );
  });

  it("says where there was no figure", () => {
    const none = data({ recentDatapoints: [], threshold: 5 });
    expect(readableReason({ reason: "", reasonData: none }, inUnit("count"))).toBe(
      "no figures; fires above 5",
    );
    const gap = data({ recentDatapoints: [null, 7], threshold: 5 });
    expect(readableReason({ reason: "", reasonData: gap }, inUnit("milliseconds"))).toBe(
      "nothing, then 7 ms; fires above 5 ms",
    );
  });

  it("is CloudWatch's own where there are no data, as where somebody has set the state by hand", () => {
    expect(readableReason({ reason: "testing", reasonData: null }, inUnit("count"))).toBe(
      "testing",
    );
    expect(readableReason({ reason: "testing", reasonData: "{broken" }, inUnit("count"))).toBe(
      "testing",
    );
    expect(readableReason({ reason: "", reasonData: "{}" }, inUnit("count"))).toBe(
      "CloudWatch does not say why",
    );
  });

  it("is read from whatever there is without failing", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const reason = parseReason(text);
        expect(reason === undefined || Array.isArray(reason.datapoints)).toBe(true);
      }),
    );
  });
});
