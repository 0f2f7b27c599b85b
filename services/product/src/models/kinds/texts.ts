import * as z from "zod";
import { requiredOr } from "./required-or.ts";
import { text } from "./text.ts";

/** A list of texts, each of at most 200 characters. */
export function texts(maxEntries: number) {
  return z
    .array(text(1, 200), { error: requiredOr("has to be a list of texts") })
    .max(maxEntries, `must not have more than ${maxEntries} entries`);
}
