import type { FunctionPlan, Statement } from "./types.ts";

/** The smallest thing that a function's role allows: one action on one resource, of items of one kind. */
export interface Permission {
  /** Told apart from all others of the service by it; the same as long as what it allows is. */
  readonly id: string;
  /** The function's key in the manifest. */
  readonly function: string;
  /** Such as `dynamodb:GetItem`. */
  readonly action: string;
  readonly resource: string;
  /** The pattern of the partition keys that it is limited to; null where it is not. */
  readonly partitionKeys: string | null;
  /** The statement that it is a part of. */
  readonly from: string;
}

const operator = "ForAllValues:StringLike";
const leadingKeys = "dynamodb:LeadingKeys";

/** All that a function's role allows, in the order of its statements. */
export function permissionsOf({ key, role }: FunctionPlan): Permission[] {
  return role.statements.flatMap((statement) =>
    statement.actions.flatMap((action) =>
      statement.resources.flatMap((resource) =>
        (patternsOf(statement) ?? [null]).map((partitionKeys) => ({
          id: [
            statement.from,
            action,
            resource,
            ...(partitionKeys === null ? [] : [partitionKeys]),
          ].join(" "),
          function: key,
          action,
          resource,
          partitionKeys,
          from: statement.from,
        })),
      ),
    ),
  );
}

/**
 * The statements without one permission. They are no others put together: a batch of items of two kinds is allowed by
 * one statement with both patterns, and by no two with one each.
 */
export function withoutPermission(
  statements: readonly Statement[],
  { from, action, resource, partitionKeys }: Permission,
): Statement[] {
  return statements.flatMap((statement) => {
    const { actions, resources } = statement;
    const isOf =
      statement.from === from && actions.includes(action) && resources.includes(resource);
    if (!isOf) return [statement];
    const patterns = (patternsOf(statement) ?? []).filter((one) => one !== partitionKeys);
    return [
      { ...statement, actions: actions.filter((one) => one !== action) },
      {
        ...statement,
        actions: [action],
        resources: resources.filter((one) => one !== resource),
      },
      ...(patterns.length === 0
        ? []
        : [limited({ ...statement, actions: [action], resources: [resource] }, patterns)]),
    ].filter((one) => one.actions.length > 0 && one.resources.length > 0);
  });
}

/** Nothing but one permission. */
export function onlyPermission(
  statements: readonly Statement[],
  { from, action, resource, partitionKeys }: Permission,
): Statement[] {
  return statements
    .filter((one) => one.from === from && one.actions.includes(action))
    .filter((one) => one.resources.includes(resource))
    .map((one) => ({ ...one, actions: [action], resources: [resource] }))
    .map((one) => (partitionKeys === null ? one : limited(one, [partitionKeys])));
}

function patternsOf({ conditions }: Statement): readonly string[] | undefined {
  return conditions[operator]?.[leadingKeys];
}

function limited(statement: Statement, patterns: readonly string[]): Statement {
  const { conditions } = statement;
  return {
    ...statement,
    conditions: { ...conditions, [operator]: { ...conditions[operator], [leadingKeys]: patterns } },
  };
}
