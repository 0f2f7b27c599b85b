import type { Manifest } from "../../manifest/index.ts";

/** Beside service.ts. */
export const runbookFolder = "runbooks";

/** What to do when an alarm fires: every alarm's description leads there. */
export const runbookFile = `${runbookFolder}/alarms.md`;

/**
 * Where it says what to do: behind a link where it is known which repository the service is in.
 *
 * @param section such as `api-latency`
 */
export function runbookWords(
  { repository, branch, folder }: Pick<Manifest, "repository" | "branch" | "folder">,
  section: string,
): string {
  const file = `${folder === "." ? "" : `${folder}/`}${runbookFile}#${section}`;
  if (repository === undefined) return `Runbook: ${file}`;
  // Ids, which a repository may be told apart by, are no part of its address.
  const address = repository.replaceAll(/@\d+/g, "");
  return `Runbook: https://github.com/${address}/blob/${branch}/${file}`;
}
