import { runtimePatchesEnd } from "../../../manifest/index.ts";
import type { Found } from "../../finding.ts";
import type { Rule } from "../../rule.ts";
import { serviceFile } from "../../service-file.ts";
import { unlessUnread } from "../../unread.ts";

/** A quarter: a runtime is changed with the next piece of work, and not in a hurry. Our number; AWS's mail comes 180 days before. */
const noticeDays = 90;

export const runtimeEnd: Rule = {
  id: "runtime-end",
  severity: "medium",
  means: "a runtime is near its end, or past it",
  why: "Lambda mends no more holes in it then, and some weeks later it takes no new code for it: not even a mend of yours.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
  checks: {
    files: (facts, subject) => {
      const runtimes = new Set(
        subject.plans.flatMap(({ functions }) => functions.map(({ runtime }) => runtime)),
      );
      return [...runtimes].flatMap((runtime) =>
        judge(runtime, subject.now).map((one) => ({
          ...one,
          place: serviceFile(facts, subject, runtime),
        })),
      );
    },
    account: ({ functions: all }, plan, { now }) =>
      unlessUnread(all, (functions) =>
        functions
          // What the manifest says is told there, once.
          .filter(({ runtime }) => !plan.functions.some((one) => one.runtime === runtime))
          .flatMap(({ arn, runtime }) =>
            judge(runtime, now).map((one) => ({ ...one, place: { resource: arn } })),
          ),
      ),
  },
};

function judge(runtime: string, now: string): Omit<Found, "place">[] {
  const end = ends.get(runtime);
  if (end === undefined) return [];
  const days = Math.ceil((Date.parse(end) - Date.parse(now)) / 86_400_000);
  if (days > noticeDays) return [];
  return [
    {
      evidence:
        days > 0 ? `${runtime} ends on ${end}, in ${days} days` : `${runtime} ended on ${end}`,
      fix:
        runtime === newestRuntime
          ? "update lambdakit, and take a newer runtime"
          : `write runtime: "${newestRuntime}" in service.ts`,
      severity: days > 0 ? "medium" : "high",
    },
  ];
}

const ends = new Map<string, string>(Object.entries(runtimePatchesEnd));
const newestRuntime = [...ends.keys()].at(-1);
