import * as z from "zod";
import { requiredOr } from "./required-or.ts";

/** A number with a decimal point. It stays a text from the caller to the table and back, so it never loses a digit. */
export function decimal() {
  return z
    .string({ error: requiredOr('has to be a text such as "99.99", so that no digit is lost') })
    .regex(
      /^(?:0|[1-9]\d{0,17})(?:\.\d{1,8})?$/,
      'has to be a decimal such as "99.99": at most 18 digits before the point and 8 after it',
    )
    .describe("An exact decimal, as a text, so that no digit is lost.");
}
