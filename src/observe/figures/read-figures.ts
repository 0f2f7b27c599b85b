import { type Access, Metrics } from "../../aws/index.ts";
import type { TimeWindow } from "../time/time-window.ts";
import type { Unit } from "./metric-catalogue.ts";
import type { SelectedFigure } from "./select-figures.ts";
import { type Series, seriesOf } from "./series.ts";

/** A figure over time, as `metrics` answers with `--json`. */
export interface FigureRow {
  /** A function's key, a route, `api`, or a table's name. */
  readonly subject: string;
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: string;
  readonly unit: Unit;
  readonly dimensions: Readonly<Record<string, string>>;
  /** One for each period; null where nothing was reported. */
  readonly values: Series;
}

/**
 * Asks CloudWatch for figures, in as few calls as it takes.
 *
 * @throws {LambdakitError} as `awsError` says
 */
export async function readFigures(
  selected: readonly SelectedFigure[],
  window: TimeWindow,
  region: string,
  access: Access,
): Promise<FigureRow[]> {
  const queries = selected.map(({ query }) => query);
  const answers = await new Metrics(region, access).read(queries, window);
  return selected.map(({ subject, unit, query }) => ({
    subject,
    namespace: query.namespace,
    metric: query.name,
    statistic: query.statistic,
    unit: query.statistic === "SampleCount" ? "count" : unit,
    dimensions: query.dimensions,
    values: seriesOf(answers.get(query.id) ?? [], window),
  }));
}
