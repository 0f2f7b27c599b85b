import type { Answer } from "../answer.ts";
import { incompleteSignature, unsigned } from "./authorizer-answers.ts";

/**
 * What is wrong with the signature of a call to a route for IAM's callers; undefined where one is there. Whose it is, and whether
 * it fits, is not looked at: this machine knows nobody's secret.
 *
 * @param authorization the header of that name
 * @param hasDate whether there is an `X-Amz-Date` or a `Date`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html (2026-11-27)
 */
export function signatureRefusal(
  authorization: string | undefined,
  hasDate: boolean,
): Answer | undefined {
  if (authorization === undefined || authorization === "") return unsigned;
  const lacks = ["Credential", "Signature", "SignedHeaders"]
    .filter((name) => !new RegExp(`(^|[\\s,])${name}=[^\\s,]`).test(authorization))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (!hasDate) {
    lacks.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  }
  if (lacks.length === 0 && authorization.startsWith("AWS4-HMAC-SHA256 ")) return undefined;
  // AWS ends with the header's value, or a hash of it. A token that was sent here by mistake is not repeated.
  return incompleteSignature(lacks.join(" ") || "The algorithm of the signature is not supported.");
}
