import { type KeyedMatcher, matchArn, prepareMatcher } from "./match.ts";
import { PolicyError } from "./policy-error.ts";
import { parseText } from "./text.ts";

const segmentsOfArn = 6;

/**
 * Reads a pattern of `Resource` or `NotResource`: `*` or an ARN, whose case matters. Segments that are
 * not written match anything: `arn:aws:s3` is every resource of S3.
 *
 * @throws {PolicyError} where it is neither, or has a wildcard or variable where IAM allows none
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function prepareResource(pattern: string, at: string, variables: boolean): KeyedMatcher {
  if (pattern === "*") return () => true;
  const segments = pattern.split(":");
  checkSegments(pattern, segments, at);
  const missing = Array<string>(Math.max(0, segmentsOfArn - segments.length)).fill("*");
  if (variables && segments.slice(0, segmentsOfArn - 1).some((one) => one.includes("${"))) {
    const fix = "write variables behind the fifth colon only, and wildcards before it";
    throw new PolicyError(at, `"${pattern}" has a policy variable before its fifth colon.`, fix);
  }
  const prepare = (whole: string) =>
    prepareMatcher(parseText(whole, { at, variables, wildcards: true }), (parts) =>
      matchArn(parts, { openEnds: true }),
    );
  const matches = prepare(pattern);
  if (missing.length === 0) return matches;
  const matchesWhole = prepare([...segments, ...missing].join(":"));
  return (resource, key) => matches(resource, key) || matchesWhole(resource, key);
}

function checkSegments(pattern: string, segments: readonly string[], at: string): void {
  const [prefix, partition = "", service = ""] = segments;
  if (prefix !== "arn") {
    throw new PolicyError(at, `"${pattern}" is no ARN.`, 'write an ARN, or "*"');
  }
  if (!/^(\*|aws(-[a-z]+)*)$/.test(partition)) {
    const fix = 'write a partition behind "arn:", such as "aws"';
    throw new PolicyError(at, `"${pattern}" has no partition "${partition}".`, fix);
  }
  if (!/^[A-Za-z0-9.-]+$/.test(service)) {
    const fix = 'write the service without wildcards, such as "arn:aws:dynamodb:...", or "*" alone';
    throw new PolicyError(at, `"${pattern}" does not name one service.`, fix);
  }
  // IAM refuses these too; mostly it is a colon that was forgotten: arn:aws:s3::bucket.
  if (segments.length < segmentsOfArn && segments.includes("")) {
    const fix = "write arn:partition:service:region:account:resource, with all five colons";
    throw new PolicyError(at, `"${pattern}" lacks a segment.`, fix);
  }
}
