import type { EnvironmentName } from "../../plan/index.ts";
import { before } from "../../release/index.ts";

/** The command by which an environment gets a release: only the first one is deployed to from source. */
export function deliveryCommand(environment: EnvironmentName): string {
  const proven = before(environment);
  return proven === undefined
    ? `lambdakit deploy --env ${environment}`
    : `lambdakit promote --from ${proven} --to ${environment}`;
}
