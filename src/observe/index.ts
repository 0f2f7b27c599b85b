/**
 * What deployed services do, as CloudWatch has seen it.
 *
 * Takes a service plan and a source of figures as a port. Gives what the service has used in a time. Its one rule: it
 * shows nothing, and asks AWS nothing itself.
 */
export { type FigureSource, measureUse } from "./use/measure-use.ts";
