import type {
  HealthCheckState,
  MetricPoint,
  MetricQuery,
  MetricWindow,
  ReplicatedTable,
} from "../../aws/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { ReleaseEnvironment } from "../../release/index.ts";

/** One of the two regions that a service stands in. */
export interface RegionSide {
  readonly plan: Pick<ServicePlan, "region" | "functions" | "tables">;
  readonly environment: ReleaseEnvironment;
  readonly tables: { read(name: string): Promise<ReplicatedTable | undefined> };
  readonly metrics: {
    read(
      queries: readonly MetricQuery[],
      window: MetricWindow,
    ): Promise<ReadonlyMap<string, readonly MetricPoint[]>>;
  };
}

/** What decides where a name leads: Route 53, from wherever it is asked. */
export interface NameSwitch {
  /** Nothing where the name has no record that could lead elsewhere. */
  read(): Promise<HealthCheckState | undefined>;
  /** Leads it to the region that stands by, whatever the primary answers. */
  holdDown(healthCheck: string): Promise<void>;
  /** Leads it to the primary as long as that answers. */
  letCheck(healthCheck: string): Promise<void>;
}
