import type { FunctionPlan, ServicePlan } from "../../plan/index.ts";
import { functionNotFound, invalidForm, invalidParameter, notFound } from "./api-error.ts";

/** The one version that there is: nothing is published on this machine. */
export const latest = "$LATEST";

/** AWS's own pattern, as its errors quote it: a name, a partial ARN or a whole one, with a qualifier or without. */
const namePattern =
  "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";
const name = new RegExp(`^${namePattern}$`);
const qualifierPattern = "\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+";
const qualifierForm = new RegExp(`^(?:${qualifierPattern})$`);

/**
 * The function that a request names, by name or by ARN.
 *
 * @param asked the name of the URL, decoded
 * @param qualifier the query's, where there is one
 * @param assumed what AWS takes as the qualifier where none is named
 * @throws {ApiError} ValidationException, InvalidParameterValueException, ResourceNotFoundException
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function findFunction(
  plan: Pick<ServicePlan, "accountId" | "region" | "functions">,
  asked: string,
  qualifier: string | null,
  assumed = "",
): FunctionPlan {
  if (qualifier !== null && !qualifierForm.test(qualifier)) {
    throw invalidForm(qualifier, "qualifier", `regular expression pattern: ${qualifierPattern}`);
  }
  const parts = name.exec(asked);
  if (parts === null) {
    throw invalidForm(asked, "functionName", `regular expression pattern: ${namePattern}`);
  }
  const region = parts[3]?.slice(0, -1) ?? plan.region;
  const accountId = parts[9]?.slice(0, -1) ?? plan.accountId;
  const [functionName = "", derived] = [parts[11], parts[13]];
  if (derived !== undefined && qualifier !== null && derived !== qualifier) {
    throw invalidParameter(
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
  }
  if (region !== plan.region) {
    throw notFound(
      `Functions from '${region}' are not reachable in this region ('${plan.region}')`,
    );
  }
  const version = qualifier ?? derived ?? assumed;
  const found = plan.functions.find((one) => one.name === functionName);
  if (found === undefined || accountId !== plan.accountId || !["", latest].includes(version)) {
    const arn = `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
    throw functionNotFound(version === "" ? arn : `${arn}:${version}`);
  }
  return found;
}
