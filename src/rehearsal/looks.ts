import type { Look, Seen, Told } from "./act.ts";

/** What the commands of a rehearsal have to say, beyond their exit codes. */

export const packaged: Look = ({ told }) => {
  const { functions = [] } = told;
  const kilobytes = functions.reduce((sum, { zippedBytes }) => sum + zippedBytes, 0) / 1024;
  return seen(functions.length > 0, `${functions.length} zips, ${kilobytes.toFixed(0)} KB`);
};

export const prepared: Look = ({ told }) => {
  const { changes = [] } = told;
  return seen(changes.length > 0, `${changes.length} resources made`, "nothing was made");
};

export const given: Look = () => ({ says: "a value that means nothing" });

export const deployed: Look = ({ told }) => {
  const { release, outcome, changes = [] } = told;
  return seen(
    outcome === "live",
    `release ${release}, ${changes.length} changes`,
    `the outcome is ${outcome}`,
  );
};

/** The same id means the same bytes: it is made of their digests. */
export const promoted: Look = ({ told, earlier }) => {
  const { release, outcome } = told;
  const built = lastRelease(earlier);
  if (release !== built) return { wrong: `it is the release ${release}, and not ${built}` };
  return seen(outcome === "live", `the same release ${release}`, `the outcome is ${outcome}`);
};

/** What moved its traffic under the eyes of callers, and hurt none of them. */
export const promotedUnnoticed: Look = (heard) => {
  const same = promoted(heard);
  if ("wrong" in same) return same;
  const { total = 0, failed = 0, byVersion = {} } = heard.calls ?? {};
  if (failed > 0) return { wrong: `${failed} of ${total} requests failed meanwhile` };
  const versions = Object.keys(byVersion).length;
  return seen(
    versions > 1,
    `${same.says}; ${total} requests answered by ${versions} versions, none failed`,
    `${total} requests came, and all of them to the same version`,
  );
};

export const verified: Look = ({ told }) => {
  const { passed, checks = [] } = told;
  const good = checks.filter((check) => check.passed).length;
  return seen(
    passed === true && good > 0,
    `${good} checks passed`,
    `${good} of ${checks.length} checks passed`,
  );
};

/** The one that was live before the bad one is so again. */
export const verifiedAsBefore =
  (live: (earlier: readonly Told[]) => string | undefined): Look =>
  (heard) => {
    const { release } = heard.told;
    const before = live(heard.earlier);
    if (release !== before) return { wrong: `${release} is live, and not ${before}` };
    const checked = verified(heard);
    return "wrong" in checked ? checked : { says: `${before} is live again, ${checked.says}` };
  };

export const rolledBack: Look = ({ told, calls }) => {
  const { error } = told;
  if (error?.code !== "RELEASE_ROLLED_BACK") return { wrong: `it ended with ${error?.code}` };
  const hurt = calls === null ? "" : `; ${calls.failed} of ${calls.total} requests had failed`;
  return { says: `went back by itself${hurt}. ${error.message}` };
};

/** What could not be looked at passes; but for the account, which is here to be looked at. */
export const audited =
  ({ environment }: { readonly environment: string }): Look =>
  ({ told }) => {
    const { findings = [], unchecked = [], checked = [] } = told;
    const own = unchecked.find(({ what }) => what === `account of ${environment}`);
    if (own !== undefined) return { wrong: `the ${own.what} was not looked at: ${own.why}` };
    const found = findings.map(({ id }) => id).join(", ");
    const left =
      unchecked.length === 0 ? "" : `; not ${unchecked.map(({ what }) => what).join(", ")}`;
    return seen(
      findings.length === 0,
      `no findings by ${checked.length} rules${left}`,
      `${findings.length} findings: ${found}`,
    );
  };

/** The release that was built last, whatever became of it. */
export function lastRelease(earlier: readonly Told[]): string | undefined {
  return earlier.findLast(({ release, changes }) => release && changes)?.release ?? undefined;
}

export function seen(isSo: boolean, says: string, wrong = `there is no word of ${says}`): Seen {
  return isSo ? { says } : { wrong };
}
