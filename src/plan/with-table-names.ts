import { tableAlarmText } from "./alarms/table-alarms.ts";
import type { AlarmPlan, FunctionPlan, ServicePlan, Statement, TablePlan } from "./types.ts";

/** What tables are called in an environment, by their keys in the manifest. */
export type TableNamesByKey = Readonly<Record<string, string>>;

/**
 * A plan whose tables have other names: after a restore, a service uses a table that no manifest knows of. All that
 * follows from a table's name follows: ARNs, variables, permissions, what alarms look at. What is called by a table's
 * key stays as it is, such as alarms themselves.
 *
 * @param names by the table's key. One that is left out keeps its name; one of a key that the plan does not have
 *   belongs to another release, and says nothing here
 */
export function withTableNames(plan: ServicePlan, names: TableNamesByKey): ServicePlan {
  const renamings = plan.tables.flatMap((from): Renaming[] => {
    const name = Object.hasOwn(names, from.key) ? names[from.key] : undefined;
    return name === undefined || name === from.name ? [] : [{ from, to: renamed(from, name) }];
  });
  if (renamings.length === 0) return plan;
  return {
    ...plan,
    functions: plan.functions.map((one) => functionWith(one, renamings)),
    tables: plan.tables.map((one) => renamings.find(({ from }) => from === one)?.to ?? one),
    alarms: plan.alarms.map((one) => alarmWith(one, renamings)),
  };
}

interface Renaming {
  readonly from: TablePlan;
  readonly to: TablePlan;
}

function renamed(table: TablePlan, name: string): TablePlan {
  const arn = `${table.arn.slice(0, -table.name.length)}${name}`;
  const indexes = table.indexes.map((one) => ({ ...one, arn: `${arn}/index/${one.name}` }));
  return { ...table, name, arn, indexes };
}

function functionWith(one: FunctionPlan, renamings: readonly Renaming[]): FunctionPlan {
  const { environmentVariables, role } = one;
  // Only those that may use a table are told of it, and no two tables have the same variable.
  const told = renamings.filter(({ to }) => Object.hasOwn(environmentVariables, to.variable));
  return {
    ...one,
    environmentVariables: {
      ...environmentVariables,
      ...Object.fromEntries(told.map(({ to }) => [to.variable, to.name])),
    },
    role: { ...role, statements: role.statements.map((each) => statementWith(each, renamings)) },
  };
}

function statementWith(statement: Statement, renamings: readonly Renaming[]): Statement {
  const resources = statement.resources.map((resource) => {
    const renaming = renamings.find(
      ({ from }) => resource === from.arn || resource.startsWith(`${from.arn}/`),
    );
    if (renaming === undefined) return resource;
    return `${renaming.to.arn}${resource.slice(renaming.from.arn.length)}`;
  });
  return { ...statement, resources };
}

function alarmWith(alarm: AlarmPlan, renamings: readonly Renaming[]): AlarmPlan {
  const { kind, subject, description, metrics } = alarm;
  if (kind !== "table-throttles" && kind !== "table-system-errors") return alarm;
  const renaming = renamings.find(({ from }) => from.name === subject);
  if (renaming === undefined) return alarm;
  const { name } = renaming.to;
  const said = tableAlarmText[kind](subject);
  return {
    ...alarm,
    subject: name,
    // Another lambdakit may have said it otherwise: then the words stay as that release has them.
    description: description.startsWith(said)
      ? `${tableAlarmText[kind](name)}${description.slice(said.length)}`
      : description,
    metrics: metrics.map((one) => ({ ...one, dimensions: { ...one.dimensions, TableName: name } })),
  };
}
