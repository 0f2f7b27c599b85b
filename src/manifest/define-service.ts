import type { ServiceDefinition } from "./types.ts";

/**
 * States what a service is, in `service.ts`. Returns its argument: the work is done by its types,
 * which turn a table, index or function that does not exist into an error in the editor.
 *
 * @example
 * export default defineService({ name: "product", prefix: "bbws", ... });
 */
export function defineService<const Tables, FunctionName extends string>(
  service: ServiceDefinition<Tables, FunctionName>,
): ServiceDefinition<Tables, FunctionName> {
  return service;
}
