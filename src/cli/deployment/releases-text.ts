import {
  aspects,
  type Difference,
  liveRelease,
  type Operation,
  placeText,
  type Release,
  standingOf,
} from "../../release/index.ts";
import { minuteText } from "../layout/amount-text.ts";
import { foldBehind, textWidth } from "../layout/fold.ts";

/** One line a release, the newest first. */
export function releaseListText(
  environment: string,
  releases: readonly Release[],
  operations: readonly Operation[],
): string {
  if (releases.length === 0) return `${environment}: no releases.`;
  const live = liveRelease(operations);
  const lines = releases.map(({ id, built }) => {
    const sign = id === live ? "*" : " ";
    const { is } = standingOf(operations, id);
    // Whoever has come back to it has not looked yet whether it does well.
    const known = id === live && is === "rolled-back" ? "not verified since" : is.replace("-", " ");
    const state = [...(id === live ? ["live"] : []), known].join(", ");
    const commit = built.commit === null ? "" : commitText(built.commit);
    return `${sign} ${id}  ${minuteText(built.at)}  ${commit.padEnd(9)}  ${state}`;
  });
  const count = `${releases.length} ${releases.length === 1 ? "release" : "releases"}`;
  return [`${environment}: ${count}; times in UTC, * is live`, ...lines].join("\n");
}

/** One release: who built it, when, and of what. Zips have the first digits of their digest only. */
export function releaseText(release: Release): string {
  const { id, service, built, artifacts, manifestSha256, stackSha256, sbomSha256 } = release;
  const rows: (readonly [string, string])[] = [
    ["release", `${id} of ${service}`],
    ["built", `${minuteText(built.at)} UTC, with lambdakit ${built.lambdakit}`],
    ["by", built.by],
    ["from", placeText(built.from)],
    ["commit", built.commit === null ? "none" : commitText(built.commit, 40)],
    ["manifest", manifestSha256],
    ["modules", stackSha256],
    ["SBOM", sbomSha256],
    ...Object.entries(artifacts).map(([key, { sha256, bytes }]): readonly [string, string] => [
      key,
      `${sha256.slice(0, 12)}  ${(bytes / 1_000).toFixed(1)} KB`,
    ]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}

/** What is different, apart for what an alias moves and what it does not. */
export function differencesText(differences: readonly Difference[]): string {
  if (differences.length === 0) return "They are the same.";
  const sections = aspects.flatMap((aspect) => {
    const own = differences.filter((one) => one.aspect === aspect);
    return own.length === 0 ? [] : [aspect, ...own.map(differenceText)];
  });
  return sections.join("\n");
}

function differenceText({ what, before, after }: Difference): string {
  if (before === null) return hanging("  + ", after === "yes" ? what : `${what}: ${after}`);
  if (after === null) return hanging("  - ", before === "yes" ? what : `${what}: ${before}`);
  return hanging("  ~ ", `${what}: ${before} -> ${after}`);
}

/** What was done in an environment, the newest first. */
export function historyText(environment: string, operations: readonly Operation[]): string {
  if (operations.length === 0) return `${environment}: nothing was done yet.`;
  return operations.map(operationText).join("\n");
}

function operationText({ number, started, shares, verified, restore, ended }: Operation): string {
  const { action, release, previous, at, from, reason } = started;
  const percents = shares.map(({ percent }) => `${percent} %`).join(", ");
  const end = ended === null ? "not ended" : `${ended.outcome} after ${ended.seconds.toFixed(1)} s`;
  const checks = verified?.verification.checks ?? [];
  const passed = checks.filter(({ passed }) => passed).length;
  const what = [
    action,
    ...(release === null ? [] : [release]),
    ...(previous === null || previous === release ? [] : [`after ${previous}`]),
  ].join(" ");
  const chosen = restore?.chosen ?? null;
  const more = [
    ...(chosen === null
      ? []
      : [`${chosen.source} ${chosen.asked}${chosen.isLost ? "" : `, as ${chosen.target}`}`]),
    `${end}, by ${placeText(from)}`,
    ...(reason === null ? [] : [`reason: ${reason}`]),
    ...(percents === "" ? [] : [`traffic: ${percents}`]),
    ...(verified === null ? [] : [`verified: ${passed} of ${checks.length} checks passed`]),
    ...(ended?.why ? ended.why.split("\n") : []),
  ];
  return [
    `${number}  ${minuteText(at)}  ${what}`,
    ...more.map((text) => hanging("   ", text)),
  ].join("\n");
}

function hanging(mark: string, text: string): string {
  return foldBehind(mark, text, textWidth, 2).join("\n");
}

function commitText({ sha, isClean }: NonNullable<Release["built"]["commit"]>, digits = 7): string {
  return `${sha.slice(0, digits)}${isClean ? "" : "+"}`;
}
