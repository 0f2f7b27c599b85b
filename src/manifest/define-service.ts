import type { ServiceDefinition } from "./types.ts";

/**
 * States what a service is, in `service.ts`. Returns its argument: the work is done by its types,
 * which turn a table, index, secret or function that does not exist into an error in the editor.
 *
 * @example
 * export default defineService({ name: "product", prefix: "bbws", ... });
 */
export function defineService<
  const Tables,
  FunctionName extends string,
  SecretName extends string = never,
>(
  service: ServiceDefinition<Tables, FunctionName, SecretName>,
): ServiceDefinition<Tables, FunctionName, SecretName> {
  return service;
}
