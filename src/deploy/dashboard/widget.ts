/**
 * Widgets of a CloudWatch dashboard, as `PutDashboard` takes them.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html (2026-11-27)
 */

/** A line of a graph: namespace, name, dimensions in turn, and how it is shown; or an expression alone. */
export type GraphLine = readonly (string | GraphOptions)[];

export interface GraphOptions {
  readonly id?: string;
  readonly expression?: string;
  readonly label?: string;
  readonly stat?: string;
  readonly period?: number;
  readonly visible?: boolean;
}

export interface Annotation {
  readonly label: string;
  readonly value: number;
}

export interface GraphWidget {
  readonly type: "metric";
  readonly properties: {
    readonly title: string;
    readonly view: "timeSeries";
    readonly region: string;
    readonly stat: string;
    readonly period: number;
    readonly metrics: readonly GraphLine[];
    readonly yAxis: { readonly left: { readonly min: 0 } };
    readonly annotations?: { readonly horizontal: readonly Annotation[] };
  };
}

export type Widget =
  | GraphWidget
  | { readonly type: "text"; readonly properties: { readonly markdown: string } }
  | {
      readonly type: "alarm";
      readonly properties: { readonly title: string; readonly alarms: readonly string[] };
    }
  | {
      readonly type: "log";
      readonly properties: {
        readonly title: string;
        readonly region: string;
        readonly view: "table";
        readonly query: string;
      };
    };

export type PlacedWidget = Widget & {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export interface DashboardBody {
  /** A page is read from the present day back: at night, an hour would be empty. */
  readonly start: "-PT3H";
  readonly widgets: readonly PlacedWidget[];
}

/** Widgets below one heading; all of them have the same size. */
export interface Section {
  readonly title: string;
  readonly width: 8 | 24;
  readonly height: number;
  readonly widgets: readonly Widget[];
}

const columns = 24;

/** Puts sections below each other, each with its heading; empty ones are left out. */
export function placed(sections: readonly Section[]): PlacedWidget[] {
  let y = 0;
  return sections
    .filter(({ widgets }) => widgets.length > 0)
    .flatMap(({ title, width, height, widgets }) => {
      const heading: Widget = { type: "text", properties: { markdown: `## ${title}` } };
      const top = y + 1;
      const inRow = columns / width;
      const below = widgets.map((widget, position) => ({
        ...widget,
        x: (position % inRow) * width,
        y: top + Math.floor(position / inRow) * height,
        width,
        height,
      }));
      const placedHeading = { ...heading, x: 0, y, width: columns, height: 1 };
      y = top + Math.ceil(widgets.length / inRow) * height;
      return [placedHeading, ...below];
    });
}
