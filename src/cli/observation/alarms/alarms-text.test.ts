import { describe, expect, it } from "vitest";
import { productPlan } from "../../../../test/product-plan.ts";
import { alarmRows } from "../../../observe/index.ts";
import { alarmSections } from "../../../runbook/index.ts";
import { alarmListText } from "./alarm-list-text.ts";
import { alarmText, serviceAlarmText } from "./alarm-page-text.ts";

describe("alarms", () => {
  const screen = { columns: 80, unicode: true, color: false };
  const [planned] = productPlan("dev").alarms;
  if (planned === undefined) throw new Error("no alarms");
  const reasonData = JSON.stringify({ recentDatapoints: [0.5, 12.5], threshold: 1 });
  const paged = { ...planned, severity: "page" as const, runbook: "function-errors" };
  const section = alarmSections(productPlan("dev")).find(({ anchor }) => anchor === paged.runbook);
  if (section === undefined) throw new Error("no section");
  const [row] = alarmRows([paged], [], true);
  if (row === undefined) throw new Error("no row");
  const history = [
    {
      name: planned.name,
      at: "2026-11-27T11:00:00.000Z",
      from: "OK",
      to: "ALARM",
      reason: "",
      reasonData,
    },
  ];

  it("have below them when they changed, and why", () => {
    const read = {
      service: null,
      rows: [row],
      histories: new Map([[row.name, { known: history }]]),
    };
    expect(alarmListText("dev", read, screen).split("\n")).toEqual([
      "dev: 1 alarm, 0 firing; times in UTC",
      "missing  bbws-product-list-errors-dev page",
      "         would say: bbws-product-list-dev fails: over 1 % of its invocations,",
      "         and 5 at least. Runbook:",
      "         https://github.com/BigBeardWebSolutions/2_bbws_product_lambda/blob/main/services/product/runbooks/alarms.md#function-errors",
      "  2026-11-27 11:00 OK -> ALARM: 0.5 %, then 12.5 %; fires above 1 %",
    ]);
  });

  it("say how urgent they are, and what to do, by the runbook", () => {
    const text = alarmText(row, { known: history }, section, screen);
    expect(text).toMatch(/\nseverity +page\n/);
    expect(text).toContain("\nA function fails.\nyou see  In 15 minutes over 1 %");
    expect(text).toContain("\n   lambdakit logs --level error");
    expect(text).toContain("\nstate     missing\n");
    expect(alarmText(row, { known: [] }, section, screen)).toContain("\n  none is known\n");
  });

  it("are none where none is planned", () => {
    const read = { service: null, rows: [], histories: new Map() };
    expect(alarmListText("dev", read, screen)).toBe("dev: no alarms are planned.");
  });

  it("over others say why they are unknown, and the list goes on", () => {
    const planned = productPlan("dev").serviceAlarm;
    if (planned === null) throw new Error("no alarm of the service");
    const unread = {
      code: "AWS_NOT_ALLOWED",
      message: "These credentials are not allowed to do that.",
      fix: "ask for cloudwatch:DescribeAlarms",
      exitCode: 77,
    } as const;
    const service = { ...planned, state: "unknown", since: null, isHeard: null, unread } as const;
    const list = alarmListText("dev", { service, rows: [row], histories: new Map() }, screen);
    expect(list.split("\n").slice(1, 4)).toEqual([
      `unknown  ${planned.name} page`,
      "         could not be read: These credentials are not allowed to do that. fix:",
      "         ask for cloudwatch:DescribeAlarms",
    ]);
    expect(list).toContain(`\nmissing  ${row.name} page\n`);
    const page = serviceAlarmText(service, [row], { unread }, section, screen);
    expect(page).toContain("\nstate     unknown\nwhy       These credentials are not allowed");
    expect(page).toContain("\nchanges of its state\n  could not be read\n");
  });
});
