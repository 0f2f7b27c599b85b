import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import { withVariables } from "../../../test/variables.ts";
import { alarmRows } from "../../observe/index.ts";
import type { Input } from "../command.ts";
import { createStyle } from "../style.ts";
import { accessOf } from "./access/profiles.ts";
import { alarmListText, alarmText } from "./alarms/alarms-text.ts";
import { reportText, resultText } from "./invocation/invocation-text.ts";
import {
  ageText,
  countText,
  lengthText,
  millisecondsText,
  percentText,
} from "./layout/amount-text.ts";
import { fold, foldBehind } from "./layout/fold.ts";
import { sparkline } from "./layout/sparkline.ts";
import { type Column, tableText } from "./layout/table-text.ts";

const plain = createStyle(false);

describe("a line of figures", () => {
  it("goes from 0 to the highest, with a dot where there was none", () => {
    expect(sparkline([0, 1, null, 4, 8], 24, true)).toBe("▁▂·▅█");
    expect(sparkline([0, 1, null, 4, 8], 24, false)).toBe("_. =#");
  });

  it("is flat where nothing happened, and is not scaled by nothing", () => {
    expect(sparkline([0, 0], 24, true)).toBe("▁▁");
    expect(sparkline([], 24, true)).toBe("");
    expect(sparkline([null], 24, true)).toBe("·");
  });

  it("keeps the peaks where it has fewer places than figures", () => {
    expect(sparkline([1, 1, 1, 8, 1, 1, null, null], 4, true)).toBe("▂█▂·");
  });

  it("is as long as there is room, whatever the figures", () => {
    const figure = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
    const cases = fc.record({
      series: fc.array(fc.option(figure)),
      columns: fc.integer({ min: 1, max: 80 }),
    });
    fc.assert(
      fc.property(cases, ({ series, columns }) => {
        const line = sparkline(series, columns, true);
        expect([...line]).toHaveLength(Math.min(series.length, columns));
        expect(line).toMatch(/^[·▁-█]*$/);
      }),
    );
  });
});

describe("amounts", () => {
  it("have a dash where they are not known, which is not 0", () => {
    expect([countText(null), millisecondsText(null), percentText(null)]).toEqual(["-", "-", "-"]);
    expect([countText(0), millisecondsText(0), percentText(0)]).toEqual(["0", "0 ms", "0 %"]);
  });

  it("have as many digits as anybody compares", () => {
    expect([1_204, 12_345, 4_560_000, 0.5].map(countText)).toEqual([
      "1,204",
      "12.3k",
      "4.56M",
      "0.5",
    ]);
    expect([12.345, 1_234].map(millisecondsText)).toEqual(["12.3 ms", "1.23 s"]);
    expect([0.123, 59, 90, 3_000].map(ageText)).toEqual(["now", "59 min", "1 h", "2 d"]);
    expect([30, 300, 7_200, 86_400].map(lengthText)).toEqual(["30 s", "5 min", "2 h", "1 d"]);
  });
});

describe("a text that is folded", () => {
  it("fits, and loses no letter", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 80 }), (text, columns) => {
        const lines = fold(text, columns);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
        expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });

  it("stands behind its mark, or below it where that leaves no room", () => {
    expect(foldBehind("last  ", "deploy by alice on laptop-7", 24)).toEqual([
      "last  deploy by alice on",
      "      laptop-7",
    ]);
    expect(foldBehind("backup  ", "5 min ago", 16)).toEqual(["backup", " 5 min ago"]);
  });
});

describe("a table", () => {
  const columns: Column<readonly string[]>[] = [
    { title: "name", text: ([name = ""]) => name },
    { title: "calls", text: ([, calls = ""]) => calls, align: "right" },
    { title: "more", text: ([, , more = ""]) => more, spare: 1 },
  ];
  const items = [
    ["list", "7", "so and so"],
    ["get", "1,204", ""],
  ];

  it("has numbers below each other, and no spaces at the end", () => {
    expect(tableText(items, columns, 80)).toEqual([
      "name  calls  more",
      "list      7  so and so",
      "get   1,204",
    ]);
  });

  it("leaves out what can be spared, and becomes lines where that is not enough", () => {
    expect(tableText(items, columns, 15)).toEqual(["name  calls", "list      7", "get   1,204"]);
    expect(tableText(items, columns, 10)).toEqual([
      "list",
      " calls 7",
      " more so",
      " and so",
      "get",
      " calls",
      " 1,204",
      " more",
    ]);
  });
});

describe("alarms", () => {
  const screen = { columns: 80, unicode: true, color: false };
  const [planned] = productPlan("dev").alarms;
  if (planned === undefined) throw new Error("no alarms");
  const reasonData = JSON.stringify({ recentDatapoints: [0.5, 12.5], threshold: 1 });
  const paged = { ...planned, severity: "page" as const, runbook: "function-errors" };
  const [row] = alarmRows([paged], []);
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
    const histories = new Map([[row.name, history]]);
    expect(alarmListText("dev", [row], histories, screen).split("\n")).toEqual([
      "dev: 1 alarm, 0 firing; times in UTC",
      "missing  bbws-product-list-errors-dev page",
      "         would say: bbws-product-list-dev fails: over 1 % of its invocations,",
      "         and 5 at least",
      "  2026-11-27 11:00 OK -> ALARM: 0.5 %, then 12.5 %; fires above 1 %",
    ]);
  });

  it("say how urgent they are, and which section of the runbook is theirs", () => {
    const text = alarmText(row, history, "dev", screen);
    expect(text).toMatch(/\nseverity +page\n/);
    expect(text).toMatch(/\nrunbook +section function-errors\n/);
    expect(text).toContain("\nstate     missing\n");
    expect(alarmText(row, [], "dev", screen)).toContain("\n  none is known\n");
  });

  it("are none where none is planned", () => {
    expect(alarmListText("dev", [], undefined, screen)).toBe("dev: no alarms are planned.");
  });
});

describe("a profile", () => {
  const input = (profile?: string): Input => ({
    arguments: [],
    flag: () => false,
    text: () => profile,
    integer: () => undefined,
  });

  it("is one for all, or one for each environment", () => {
    expect(accessOf(input("acme"), "sit")).toEqual({ profile: "acme" });
    expect(accessOf(input("dev=one, prod=two"), "prod")).toEqual({ profile: "two" });
    expect(accessOf(input(), "dev")).toEqual({});
  });

  it("is that of the variable where the option names none", () => {
    onTestFinished(withVariables({ LAMBDAKIT_PROFILE_SIT: "three" }));
    expect(accessOf(input("dev=one"), "sit")).toEqual({ profile: "three" });
    expect(accessOf(input("sit=one"), "sit")).toEqual({ profile: "one" });
  });

  it.each(["dev=one,two", "test=one", "dev="])("is not %s", (text) => {
    expect(() => accessOf(input(text), "dev")).toThrow(
      expect.objectContaining({ code: "CLI_BAD_VALUE" }),
    );
  });
});

describe("what a function answered", () => {
  it("is shown as an answer of HTTP where it is one", () => {
    const answer = {
      statusCode: 404,
      headers: { "Content-Type": "application/json" },
      body: '{"a":1}',
    };
    expect(resultText(JSON.stringify(answer), false, plain)).toBe(
      'HTTP 404\nContent-Type: application/json\n\n{\n  "a": 1\n}',
    );
    const bare = { statusCode: 204, multiValueHeaders: { Vary: ["a", "b"] }, body: "" };
    expect(resultText(JSON.stringify(bare), false, plain)).toBe("HTTP 204\nVary: a, b");
    expect(resultText('{"statusCode":200,"body":"hi"}', false, plain)).toBe("HTTP 200\n\nhi");
  });

  it("is JSON where it is something else, and as it is where it is not even that", () => {
    expect(resultText('{"a":[]}', false, plain)).toBe('{\n  "a": []\n}');
    expect(resultText("null", false, plain)).toBe("null");
    expect(resultText("<html>", false, plain)).toBe("<html>");
  });

  it("is an error with its places where it failed", () => {
    const trace = ["TypeError: no", "    at one (/var/task/index.mjs:1:2)", "    at two"];
    const failure = { errorType: "TypeError", errorMessage: "no", trace };
    expect(resultText(JSON.stringify(failure), true, plain)).toBe(
      "TypeError: no\n    at one (/var/task/index.mjs:1:2)\n    at two",
    );
    expect(resultText('{"errorMessage":"timed out"}', true, plain)).toBe("Error: timed out");
    expect(resultText('{"other":1}', true, plain)).toBe('{\n  "other": 1\n}');
  });

  it("comes with what Lambda reports, where it does", () => {
    const report = {
      durationMilliseconds: 10.25,
      billedMilliseconds: 212,
      initMilliseconds: 201.4,
      memoryMb: 256,
      maxMemoryMb: 83,
    };
    expect(reportText("3", report)).toBe(
      "version 3, 10.3 ms (billed 212 ms), init 201 ms, 83 of 256 MB",
    );
    expect(reportText(null, { ...report, initMilliseconds: null, maxMemoryMb: null })).toBe(
      "10.3 ms (billed 212 ms), warm, - of 256 MB",
    );
    expect(reportText("3", undefined)).toBe("version 3, Lambda's report is not in the log");
  });
});
