import { LambdakitError, nearest } from "../errors/index.ts";
import type { FunctionPlan, ServicePlan } from "../plan/index.ts";

/**
 * The function that is called so, by its key in service.ts or its name in AWS.
 *
 * @throws {LambdakitError} OBSERVE_UNKNOWN_FUNCTION
 */
export function findFunction({ functions, service }: ServicePlan, name: string): FunctionPlan {
  const found = functions.find((one) => one.key === name || one.name === name);
  if (found !== undefined) return found;
  const keys = functions.map(({ key }) => key);
  const near = nearest(name, keys);
  throw new LambdakitError("OBSERVE_UNKNOWN_FUNCTION", {
    message: `${service} has no function "${name}". It has ${keys.join(", ")}.`,
    fix: near === undefined ? `write one of them` : `write ${near}`,
    at: "FUNCTION",
  });
}
