import { checkElements, objectOf } from "./form.ts";
import { PolicyError } from "./policy-error.ts";

const versionWithVariables = "2012-10-17";
const versionWithout = "2008-10-17";

/** Reads one statement; `at` says where it stands, `variables` whether the policy has any. */
export type StatementReader<Prepared> = (
  statement: unknown,
  at: string,
  variables: boolean,
) => Prepared;

/**
 * Reads a policy document, statement by statement.
 *
 * @throws {PolicyError} where IAM would refuse it
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function prepareDocument<Prepared extends { readonly sid: string | null }>(
  document: unknown,
  at: string,
  readStatement: StatementReader<Prepared>,
): Prepared[] {
  const elements = objectOf(document, at);
  checkElements(elements, ["Version", "Id", "Statement"], at);
  const { Version: version = versionWithout, Id: id = "", Statement: written } = elements;
  if (version !== versionWithVariables && version !== versionWithout) {
    const message = `There is no version ${JSON.stringify(version)}.`;
    throw new PolicyError(`${at}.Version`, message, `write "${versionWithVariables}"`);
  }
  if (typeof id !== "string") {
    throw new PolicyError(`${at}.Id`, `Id is ${JSON.stringify(id)}.`, "write a text, or no Id");
  }
  const place = `${at}.Statement`;
  if (written === undefined || (Array.isArray(written) && written.length === 0)) {
    throw new PolicyError(place, "The policy has no statement.", "write at least one statement");
  }
  const variables = version === versionWithVariables;
  const statements = Array.isArray(written)
    ? written.map((one, position) => readStatement(one, `${place}[${position}]`, variables))
    : [readStatement(written, place, variables)];
  checkSids(statements, place);
  return statements;
}

function checkSids(statements: readonly { readonly sid: string | null }[], at: string): void {
  const seen = new Set<string>();
  for (const { sid } of statements) {
    if (!sid) continue;
    if (seen.has(sid)) {
      throw new PolicyError(at, `Two statements have the Sid ${sid}.`, "give each its own Sid");
    }
    seen.add(sid);
  }
}
