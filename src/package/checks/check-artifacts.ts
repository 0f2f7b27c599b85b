import type { Problem } from "../../errors/index.ts";
import type { BuiltArtifact } from "../build-service.ts";
import type { Check, CheckedService } from "./check.ts";
import { checkCircularImports } from "./circular-imports.ts";
import { checkHandler } from "./exported-handler.ts";
import { checkListedPackages } from "./listed-packages.ts";
import { checkPackageSize } from "./package-size.ts";
import { checkSecrets } from "./secrets.ts";

const checks: readonly Check[] = [
  checkHandler,
  checkCircularImports,
  checkListedPackages,
  checkSecrets,
  checkPackageSize,
];

/** Everything that is wrong with a service's artifacts, at once. */
export async function checkArtifacts(
  artifacts: readonly BuiltArtifact[],
  service: CheckedService,
): Promise<Problem[]> {
  return (await Promise.all(checks.map((check) => check(artifacts, service)))).flat();
}
