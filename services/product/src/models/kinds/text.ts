import * as z from "zod";
import { requiredOr } from "./required-or.ts";

/** A text of so many characters. */
export function text(minLength: number, maxLength: number) {
  return z
    .string({ error: requiredOr("has to be a text") })
    .min(minLength, minLength === 1 ? "must not be empty" : `needs ${minLength} characters`)
    .max(maxLength, `must not be longer than ${maxLength} characters`)
    .refine(isPlainText, "must not contain control characters or broken Unicode");
}

/** DynamoDB stores UTF-8: half of a surrogate pair would silently become another character. */
function isPlainText(value: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(value.replace(/[\t\n\r]/g, ""));
}
