import { LambdakitError } from "../errors/index.ts";
import { type EnvironmentName, environmentNames } from "../manifest/index.ts";

/** @throws {LambdakitError} RELEASE_ORDER where the one does not come right before the other */
export function requireOrder(from: EnvironmentName, to: EnvironmentName): void {
  if (from !== before(to)) throw outOfOrder(from, to);
}

export function outOfOrder(from: EnvironmentName, to: EnvironmentName): LambdakitError {
  const right = before(to);
  return new LambdakitError("RELEASE_ORDER", {
    message: `A release goes from ${environmentNames.join(" to ")}: it does not come to ${to} from ${from}.`,
    fix:
      right === undefined
        ? `lambdakit deploy --env ${to}, which builds it`
        : `lambdakit promote --from ${right} --to ${to}`,
  });
}

/** The environment that comes right before this one. */
export function before(environment: EnvironmentName): EnvironmentName | undefined {
  return environmentNames[environmentNames.indexOf(environment) - 1];
}
