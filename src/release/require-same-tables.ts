import { LambdakitError } from "../errors/index.ts";
import type { ServicePlan, TablePlan } from "../plan/index.ts";
import type { Operation } from "./history/operation.ts";
import { before } from "./order.ts";
import type { TableSwitch } from "./table-names.ts";

/**
 * Looks whether versions that were published use the tables that are the service's now. What a function is told of its
 * tables is published with it: no alias changes that.
 *
 * @param plan of the release, with the tables that are true now
 * @param published the operation that the versions are of
 * @param switches the newest first
 * @throws {LambdakitError} RELEASE_OTHER_TABLE
 */
export function requireSameTables(
  { environment, tables }: ServicePlan,
  { number, started }: Operation,
  switches: readonly TableSwitch[],
): void {
  const since = switches.filter(({ operation }) => operation > number);
  for (const { key, name } of tables) {
    const { operation } = since.find(({ restored }) => Object.hasOwn(restored, key)) ?? {};
    if (operation === undefined) continue;
    throw otherTable({ environment, release: started.release, number, operation, key, name });
  }
}

function otherTable({
  environment,
  release,
  number,
  operation,
  key,
  name,
}: Pick<TablePlan, "key" | "name"> & {
  readonly environment: ServicePlan["environment"];
  readonly release: string | null;
  /** When the versions were published, and when tables were switched. */
  readonly number: number;
  readonly operation: number;
}): LambdakitError {
  const previous = before(environment);
  return new LambdakitError("RELEASE_OTHER_TABLE", {
    message: `The versions of ${release} are of operation ${number}. Operation ${operation} has restored the table ${key} as ${name} since then: they would use the one that it stands for.`,
    fix:
      previous === undefined
        ? "check out its commit, and: lambdakit deploy"
        : `lambdakit promote --from ${previous} --to ${environment} --release ${release}`,
  });
}
