import { LambdakitError } from "../errors/index.ts";
import { validateManifest } from "../manifest/index.ts";
import { planService, type ServicePlan } from "../plan/index.ts";

/** What `defineService` returns: the default export of `service.ts`. */
export type Service = object;

/**
 * The plan that tests run against: that of the dev environment.
 * @throws {LambdakitError} MANIFEST_INVALID
 */
export function testPlan(service: Service): ServicePlan {
  const validation = validateManifest(service);
  if (validation.ok) return planService(validation.manifest, "dev");
  throw new LambdakitError("MANIFEST_INVALID", {
    message: validation.problems
      .map(({ path, message }) => `${path.join(".")}: ${message}`)
      .join("\n"),
    fix: "lambdakit explain",
    problems: validation.problems,
  });
}
