import type { DeployedRole } from "../../src/emulator/deployed/deployed-role.ts";
import { preparePolicies } from "../../src/evaluate/index.ts";
import { tableActions } from "./table-actions.ts";

/** Something that a role may ask for; `name` has all of it, to be compared and to be read. */
export interface RoleCall {
  readonly name: string;
  readonly action: string;
  readonly resource: string;
  /** The partition key that it is about; undefined for what is about none, such as a scan. */
  readonly key: string | undefined;
}

/** Those of the calls that the role's policies, and its boundary, allow. */
export function allowedCalls(
  { policies, boundaries }: DeployedRole,
  calls: readonly RoleCall[],
): string[] {
  const decide = preparePolicies(policies, { boundaries });
  const isAllowed = ({ action, resource, key }: RoleCall) => {
    const context = key === undefined ? {} : { "dynamodb:LeadingKeys": [key] };
    return decide({ action, resource, context }).effect === "allowed";
  };
  return calls.filter(isAllowed).map(({ name }) => name);
}

/** What a role allows at all but DynamoDB, as it is written: each action with each resource. */
export function otherPermissions({ policies }: DeployedRole): string[] {
  return policies
    .flatMap(({ Statement }) => [Statement].flat())
    .flatMap(({ Effect, Action = [], Resource = [], NotAction, NotResource }) => {
      // No role of ours is written so, and what it allows could not be listed.
      if (Effect !== "Allow" || NotAction !== undefined || NotResource !== undefined) return ["?"];
      return [Action].flat().flatMap((action) => [Resource].flat().map((on) => `${action} ${on}`));
    })
    .filter((permission) => !permission.startsWith("dynamodb:"))
    .sort();
}

/** A table, what belongs to it, and what a careless policy would take for it; by what `nameOf` calls them. */
export function resourcesAround(table: string, index: string): Record<string, string> {
  return {
    "the table": table,
    "its index": `${table}/index/${index}`,
    "another index": `${table}/index/${index}2`,
    "its stream": `${table}/stream/2026-01-01T00:00:00.000`,
    "its backup": `${table}/backup/01234567890123-abcdefgh`,
    "another table": table.replace(/[^/]*$/, "orders"),
    "a table with a longer name": `${table}-2`,
    "another account's": table.replace(/:\d{12}:/, ":123456789012:"),
    "another region's": table.replace(/:dynamodb:[^:]*:/, ":dynamodb:us-east-1:"),
    everything: "*",
  };
}

/** Every action of DynamoDB on every resource, with every key that it could be about. */
export function everyTableCall(
  resources: Readonly<Record<string, string>>,
  keys: readonly string[],
): RoleCall[] {
  return tableActions.flatMap((action) =>
    Object.entries(resources).flatMap(([what, resource]) =>
      (isAboutItems(action) ? keys : [undefined]).map((key) => ({
        name: nameOf(action, what, key),
        action: `dynamodb:${action}`,
        resource,
        key,
      })),
    ),
  );
}

/** What a call is named by what it asks for, such as `GetItem the table PRODUCT#1`. */
export function nameOf(action: string, what: string, key: string | undefined): string {
  return [action, what, key].filter((part) => part !== undefined).join(" ");
}

/**
 * What has a partition key in it. A scan has none, and `ForAllValues` of none is true: only that nobody
 * is granted one keeps scans out.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
function isAboutItems(action: string): boolean {
  return /^(Batch(Get|Write)Item|ConditionCheckItem|(Get|Put|Update|Delete)Item|Query|PartiQL(Insert|Update|Delete))$/.test(
    action,
  );
}
