import type { Judged } from "../baseline.ts";
import { type Finding, lastingPlace, type Severity } from "../finding.ts";
import type { Rule } from "../rule.ts";

/**
 * Findings in SARIF 2.1.0, as GitHub's code scanning reads it.
 *
 * What is no file has no place of its own there: GitHub shows a result only at a file, so it gets the manifest's.
 *
 * @param options.file the manifest, from the root of the repository
 * @param options.digest gives the name of a text, the same on every machine
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (2026-11-27)
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support (2026-11-27)
 */
export function sarif(
  { findings, accepted, unchecked }: Judged,
  rules: readonly Rule[],
  options: {
    readonly version: string;
    readonly file: string;
    readonly digest: (text: string) => string;
  },
) {
  const order = rules.map(({ id }) => id);
  const result = (finding: Finding) => ({
    ruleId: finding.id,
    ruleIndex: order.indexOf(finding.id),
    level: levels[finding.severity],
    message: { text: `${finding.evidence}\n${finding.why}\nfix: ${finding.fix}` },
    locations: [locationOf(finding, options.file)],
    partialFingerprints: {
      "lambdakit/v1": options.digest(
        [finding.id, lastingPlace(finding.place), finding.evidence].join("\n"),
      ),
    },
  });
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "lambdakit",
            semanticVersion: options.version,
            rules: rules.map(({ id, severity, means, why, source }) => ({
              id,
              shortDescription: { text: means },
              fullDescription: { text: why },
              helpUri: source,
              defaultConfiguration: { level: levels[severity] },
              properties: { "security-severity": scores[severity], tags: ["security"] },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: unchecked.map(({ what, why }) => ({
              level: "note",
              message: { text: `not checked: ${what}: ${why}` },
            })),
          },
        ],
        results: [
          ...findings.map(result),
          ...accepted.map((one) => ({
            ...result(one.finding),
            suppressions: [
              {
                kind: "external",
                status: "accepted",
                justification: `${one.accepted.reason} (until ${one.accepted.expires})`,
              },
            ],
          })),
        ],
      },
    ],
  };
}

const levels: Readonly<Record<Severity, string>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/** GitHub's bounds: over 9.0 is critical, from 7.0 high, from 4.0 medium. */
const scores: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.0",
  low: "2.0",
};

function locationOf({ place }: Finding, file: string) {
  const isFile = "file" in place;
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(isFile ? place.file : file), uriBaseId: "%SRCROOT%" },
      region: { startLine: (isFile ? place.line : null) ?? 1 },
    },
    ...(!isFile && {
      logicalLocations: [{ fullyQualifiedName: place.resource, kind: "resource" }],
    }),
  };
}
