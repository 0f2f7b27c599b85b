import * as z from "zod";
import { environmentNames } from "../../manifest/index.ts";

/** Values that many answers have, each with what it means there. */

export const environmentName = z
  .enum(environmentNames)
  .meta({ id: "EnvironmentName", description: "An environment: one AWS account and region." });

/** @param meaning what happened then */
export function moment(meaning: string) {
  return z.iso.datetime({ offset: true }).describe(`${meaning}. ISO 8601.`);
}

/** @param meaning what is counted */
export function count(meaning: string) {
  return z.int().min(0).describe(meaning);
}

/** An amount that may have decimals. @param meaning of what, with its unit */
export function amount(meaning: string) {
  return z.number().min(0).describe(meaning);
}

/** @param meaning of what it is the SHA-256 */
export function sha256(meaning: string) {
  return z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe(`${meaning}: SHA-256, in hexadecimal digits.`);
}

/** @param meaning of which release it is */
export function releaseId(meaning: string) {
  return z
    .string()
    .regex(/^[0-9a-f]{12}$/)
    .describe(meaning);
}

/** @param meaning what it is for */
export function planDigest(meaning: string) {
  return z
    .string()
    .regex(/^[0-9a-f]{12}$/)
    .describe(meaning);
}

/** @param meaning what is in the folder or the file */
export function path(meaning: string) {
  return z.string().min(1).describe(meaning);
}
