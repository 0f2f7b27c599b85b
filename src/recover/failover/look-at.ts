import { exitCodes, LambdakitError } from "../../errors/index.ts";
import { liveRelease, type Operation } from "../../release/index.ts";
import type { RegionSide } from "./region-side.ts";
import {
  judgeReplication,
  lastKnown,
  type Replication,
  replicationMinutes,
  replicationQueries,
} from "./replication.ts";

/** What is known of the region that callers are to leave. */
export interface Look {
  /** Null where it cannot be asked: that is what a failover is for. */
  readonly release: string | null;
  /** Why it cannot be asked; null where it can. */
  readonly unreachable: string | null;
  /** By the name of the table. */
  readonly replication: Readonly<Record<string, Replication>>;
}

/** What is known before callers are led elsewhere. */
export interface Looked extends Look {
  readonly from: string;
  readonly to: string;
  /** The release that is to answer. */
  readonly release: string;
  /** Where it answers by itself; null where it has no API. */
  readonly url: string | null;
  /** What may not be there yet, in sentences. */
  readonly losses: readonly string[];
}

/**
 * Asks the region that callers are to leave; where it does not answer, what the other one knows of it.
 *
 * @returns what is known, and what was done in that region: nothing where that cannot be asked
 * @throws {LambdakitError} as `awsError` says, where it answers with something else than what was asked for
 */
export async function lookAt(
  from: RegionSide,
  to: RegionSide,
  now: Date,
): Promise<{ readonly look: Look; readonly operations: readonly Operation[] }> {
  const window = {
    from: new Date(now.getTime() - replicationMinutes.window * 60_000),
    to: now,
    periodSeconds: 60,
  };
  const figuresOf = (side: RegionSide, table: string) =>
    side.metrics.read(replicationQueries(table, to.plan.region), window);
  const each = async (work: (table: string) => Promise<Replication>) => {
    const states = to.plan.tables.map(async ({ name }) => [name, await work(name)] as const);
    return Object.fromEntries(await Promise.all(states));
  };
  try {
    const [operations, replication] = await Promise.all([
      from.environment.history.read(),
      each(async (table) => {
        const figures = await figuresOf(from, table);
        return judgeReplication(
          figures.get("behind") ?? [],
          figures.get("written") ?? [],
          now.getTime(),
        );
      }),
    ]);
    return {
      look: { release: liveRelease(operations), unreachable: null, replication },
      operations,
    };
  } catch (error) {
    if (!isGone(error)) throw error;
    const replication = await each(async (table): Promise<Replication> => {
      const figures = await figuresOf(to, table);
      const why = `${from.plan.region} does not answer`;
      return { is: "unknown", why, last: lastKnown(figures.get("behind") ?? []) };
    });
    return { look: { release: null, unreachable: error.message, replication }, operations: [] };
  }
}

/** Whether the region, or what this account had there, is not there: which is no fault of the question. */
function isGone(error: unknown): error is LambdakitError {
  return (
    error instanceof LambdakitError &&
    (error.exitCode === exitCodes.unreachable ||
      error.code === "TERRAFORM_NOT_BOOTSTRAPPED" ||
      error.code === "AWS_REGION_NOT_ENABLED")
  );
}
