import type { AlarmKind, AlarmPlan, MetricPlan } from "../../plan/index.ts";
import type { Annotation, GraphLine, GraphWidget } from "./widget.ts";

const units = { percent: "%", milliseconds: "ms", count: "count" } as const;

/**
 * What the alarms of one kind hold against their threshold, and the threshold: whoever was woken sees here how
 * far it is over it, and since when.
 */
export function alarmGraph(
  kind: AlarmKind,
  alarms: readonly AlarmPlan[],
  region: string,
): GraphWidget {
  const [{ unit, periodSeconds } = { unit: "count" as const, periodSeconds: 60 }] = alarms;
  return {
    type: "metric",
    properties: {
      title: `${titleOf(kind)}, ${units[unit]}`,
      view: "timeSeries",
      region,
      stat: "Sum",
      period: periodSeconds,
      metrics: alarms.flatMap(linesOf),
      yAxis: { left: { min: 0 } },
      annotations: { horizontal: thresholds(alarms) },
    },
  };
}

/** `function-errors` → `Function errors` */
function titleOf(kind: AlarmKind): string {
  const words = kind.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1).replace(/^pi\b/, "PI");
}

function linesOf({ subject, metrics, expression }: AlarmPlan, position: number): GraphLine[] {
  if (expression === null) return metrics.map((metric) => line(metric, { label: subject }));
  // Ids are of the widget, and each alarm has the same ones.
  const idOf = (id: string) => `a${position}_${id}`;
  const ids = new RegExp(`\\b(?:${metrics.map(({ id }) => id).join("|")})\\b`, "g");
  return [
    [{ id: `a${position}`, expression: expression.replace(ids, idOf), label: subject }],
    ...metrics.map((metric) => line(metric, { id: idOf(metric.id), visible: false })),
  ];
}

function line(
  { namespace, name, statistic, dimensions }: MetricPlan,
  options: { readonly id?: string; readonly label?: string; readonly visible?: boolean },
): GraphLine {
  // A release's record has them in another order than the manifest's plan, and the page is to be the same.
  const pairs = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  return [namespace, name, ...pairs.flat(), { stat: statistic, ...options }];
}

/** One line for all alarms with the same threshold; each other one says whose it is. */
function thresholds(alarms: readonly AlarmPlan[]): Annotation[] {
  const values = [...new Set(alarms.map(({ threshold }) => threshold))].sort((a, b) => a - b);
  return values.map((value) => {
    const of = alarms.filter(({ threshold }) => threshold === value).map(({ subject }) => subject);
    return { value, label: values.length === 1 ? "alarm" : `alarm: ${of.join(", ")}` };
  });
}
