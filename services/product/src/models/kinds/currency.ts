import * as z from "zod";
import { requiredOr } from "./required-or.ts";

/** A currency by its code. */
export function currency() {
  return z
    .string({ error: requiredOr("has to be a text") })
    .refine(isCurrency, "has to be an ISO 4217 code, such as ZAR")
    .describe("ISO 4217, such as ZAR.");
}

let currencies: Set<string> | undefined;

/** The runtime's own list, which is kept up to date with the runtime. */
function isCurrency(code: string): boolean {
  currencies ??= new Set(Intl.supportedValuesOf("currency"));
  return currencies.has(code);
}
