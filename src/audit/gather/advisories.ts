import path from "node:path";
import { fileExists, runProgram } from "../../system/index.ts";
import type { Advisory, AdvisoryFacts } from "../facts.ts";
import type { Unread } from "../unread.ts";

/**
 * Asks npm which packages that run have known vulnerabilities. Nothing has to be installed: the lockfile is enough.
 *
 * @param directory of `package-lock.json`
 */
export async function gatherAdvisories(
  directory: string,
  interrupted: AbortSignal,
): Promise<AdvisoryFacts | Unread> {
  if (!fileExists(path.join(directory, "package-lock.json"))) {
    return { unread: "there is no package-lock.json" };
  }
  const args = ["audit", "--json", "--omit=dev", "--package-lock-only"];
  try {
    const { output } = await runProgram("npm", args, { directory, interrupted });
    return readAdvisories(output);
  } catch (error) {
    return { unread: `npm cannot be started: ${(error as Error).message}` };
  }
}

interface Report {
  readonly message?: string;
  readonly error?: { readonly summary?: string; readonly code?: string };
  readonly vulnerabilities?: Readonly<Record<string, Vulnerability>>;
}

interface Vulnerability {
  readonly name: string;
  readonly range: string;
  readonly fixAvailable: boolean | { readonly isSemVerMajor?: boolean };
  /** A text is the name of another package, which has an entry of its own. */
  readonly via: readonly (string | Via)[];
}

interface Via {
  readonly title: string;
  readonly url: string;
  readonly severity: Advisory["severity"];
  readonly range: string;
}

/** @param output of `npm audit --json`, in the form of its version 2 */
export function readAdvisories(output: string): AdvisoryFacts | Unread {
  let report: Report;
  try {
    report = JSON.parse(output) as Report;
  } catch {
    return { unread: "npm audit gave no JSON" };
  }
  const { vulnerabilities, error, message } = report;
  if (vulnerabilities === undefined) {
    return {
      unread: `npm audit: ${error?.summary || message || error?.code || "it gave no answer"}`,
    };
  }
  const advisories = Object.values(vulnerabilities).flatMap(({ name, via, fixAvailable }) =>
    via.flatMap((one): Advisory[] => {
      if (typeof one === "string") return [];
      const { title, url, severity, range } = one;
      const fixable = fixAvailable === true || Object(fixAvailable).isSemVerMajor === false;
      return [{ package: name, severity, title, url, range, fixable }];
    }),
  );
  return { advisories };
}
