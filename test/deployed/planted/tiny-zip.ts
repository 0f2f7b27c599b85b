import { zip } from "../../../src/package/zip/zip.ts";
import type { ServicePlan } from "../../../src/plan/index.ts";

/**
 * A zip that is made at once, for tests that do not care what a function does.
 *
 * @param result what it answers, as an expression of JavaScript in which `event` is known
 */
export function tinyZip(result = `{ statusCode: 200, body: "" }`): Uint8Array {
  const source = `export const handler = async (event) => (${result});\n`;
  return zip({ "index.mjs": Buffer.from(source) });
}

/** The same zip for each function of a plan, as `plantService` takes them. */
export function tinyFunctions({ functions }: ServicePlan, result?: string) {
  const code = { zip: tinyZip(result) };
  return { functions: Object.fromEntries(functions.map(({ key }) => [key, code])) };
}
