/** One figure of CloudWatch's, about a table. */
export interface TableFigure {
  readonly name: "ReplicationLatency" | "ConsumedWriteCapacityUnits";
  readonly table: string;
  /** Where it arrived, of what is about two regions. */
  readonly receivingRegion: string | null;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** As many as one call takes. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html (2026-11-27) */
export const figuresAtOnce = 1_000;

/**
 * The form that tells CloudWatch figures as DynamoDB does.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html (2026-11-27)
 */
export function figuresForm(figures: readonly TableFigure[]): string {
  const form = new URLSearchParams({
    Action: "PutMetricData",
    Version: "2010-08-01",
    Namespace: "AWS/DynamoDB",
  });
  figures.forEach(({ name, table, receivingRegion, value, at }, index) => {
    const member = `MetricData.member.${index + 1}`;
    form.set(`${member}.MetricName`, name);
    form.set(`${member}.Value`, String(value));
    form.set(`${member}.Timestamp`, new Date(at).toISOString());
    const dimensions = [
      ["TableName", table],
      ...(receivingRegion === null ? [] : [["ReceivingRegion", receivingRegion]]),
    ] as const;
    dimensions.forEach(([dimension = "", of = ""], place) => {
      form.set(`${member}.Dimensions.member.${place + 1}.Name`, dimension);
      form.set(`${member}.Dimensions.member.${place + 1}.Value`, of);
    });
  });
  return form.toString();
}
