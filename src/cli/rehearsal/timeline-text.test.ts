import { expect, it } from "vitest";
import type { RehearsalReport, StageReport } from "../../rehearsal/index.ts";
import { timelineText } from "./timeline-text.ts";

const stage = (id: string, atMilliseconds: number, milliseconds: number): StageReport => {
  return {
    id,
    shows: "it",
    outcome: "passed",
    atMilliseconds,
    milliseconds,
    acts: [],
    fault: null,
  };
};

const report: RehearsalReport = {
  service: "product",
  at: "2026-11-27T21:00:00Z",
  versions: {},
  passed: false,
  milliseconds: 100_000,
  stages: [
    stage("package", 0, 500),
    stage("bootstrap", 500, 69_500),
    {
      ...stage("dev", 70_000, 30_000),
      outcome: "failed",
      fault: {
        line: "lambdakit deploy --env dev",
        reason: `TERRAFORM_FAILED: ${"some words ".repeat(12)}`,
        fix: "lambdakit plan",
      },
    },
    { ...stage("sit", 0, 0), outcome: "not-reached" },
  ],
  leftOut: [],
};

it.each([40, 80, 200])(
  "a timeline fits into %d columns, and ends with why it failed",
  (columns) => {
    const text = timelineText(report, { columns, unicode: true, color: false });
    expect(text.split("\n").filter((line) => line.length > columns)).toEqual([]);
    expect(text).toMatch(/^dev +30\.0 s +█+$/m);
    expect(text).toMatch(/^sit +not reached$/m);
    expect(text).toMatch(/\nfailed dev: lambdakit deploy --env dev\n {2}TERRAFORM_FAILED: some/);
    expect(text).toMatch(
      /\n {2}fix: lambdakit plan\n\nproduct: 2 of 4 stages passed in 1\s+min\s+40\s+s$/,
    );
  },
);

it("a timeline is ASCII where the terminal has no more", () => {
  const text = timelineText(report, { columns: 80, unicode: false, color: false });
  expect(text).toMatch(/^[\x20-\x7e\n]+$/);
  expect(text).toMatch(/^bootstrap +1 min 9 s +#+$/m);
});
