import { type ApiRequest, ifMatch, ValidationError } from "lambdakit/runtime";
import type { Versions } from "../models/product.ts";

/** DynamoDB compares with at most 100 values. */
const maxVersions = 100;

/** The versions that `If-Match` allows a change to; every version where there is no such header. */
export function readExpectedVersions(request: ApiRequest): Versions {
  const tags = ifMatch(request) ?? "*";
  if (tags === "*") return "*";
  // A tag that is not a number is none of ours, and matches no product.
  const versions = [...new Set(tags.filter((tag) => /^[1-9]\d{0,14}$/.test(tag)).map(Number))];
  if (versions.length > maxVersions) {
    throw new ValidationError([
      { field: "If-Match", message: `must not have more than ${maxVersions} tags` },
    ]);
  }
  return versions;
}
