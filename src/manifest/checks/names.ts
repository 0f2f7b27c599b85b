import type { Problem } from "../../errors/index.ts";
import {
  accountRoles,
  environmentVariables,
  functionName,
  kebabCase,
  releasesRoleName,
  restoredTableNames,
  stateBucketName,
  tableName,
  tableVariable,
} from "../../names.ts";
import {
  bucketNameLength,
  lambdaLimits,
  reservedVariables,
  roleNameLength,
  tableNameLength,
} from "../facts.ts";
import type { Draft } from "../schema.ts";
import type { Check } from "./check.ts";

/** Resource names fit AWS's limits and are told apart. The longest environment name decides. */
export const checkNames: Check = (draft) => {
  const { prefix = "", name = "", functions = {}, tables = {} } = draft;
  const environment = "prod";
  const longFunctions = fitting("functions", functions, lambdaLimits.functionNameLength, (key) =>
    functionName(prefix, name, key, environment),
  );
  return [
    ...ownRoles(draft),
    ...fittingBuckets(draft),
    ...fittingRole(draft, longFunctions),
    ...longFunctions,
    ...fitting("tables", tables, tableNameLength.max, (key, table) =>
      tableName(prefix, name, key, environment, table.name),
    ),
    ...restorable(tables, (key, table) => tableName(prefix, name, key, environment, table.name)),
    ...distinct("functions", functions, "name", (key) => functionName(prefix, name, key, "dev")),
    // Artifacts are files, and some disks take `getItem` and `getitem` for one.
    ...distinct(
      "functions",
      onePerName(functions),
      "file name",
      (key) => `${key.toLowerCase()}.zip`,
    ),
    ...distinct("tables", tables, "name", (key, table) =>
      tableName(prefix, name, key, "dev", table.name),
    ),
    ...distinct("tables", tables, "variable", (key, table) => table.variable ?? tableVariable(key)),
    ...environmentInTableNames(tables),
    ...ownVariables(tables),
  ];
};

type Named<Value> = (key: string, value: Value) => string;

function fitting<Value>(
  section: string,
  entries: Record<string, Value>,
  limit: number,
  nameOf: Named<Value>,
): Problem[] {
  return Object.entries(entries).flatMap(([key, value]): Problem[] => {
    const name = nameOf(key, value);
    if (name.length <= limit) return [];
    return [
      {
        code: "MANIFEST_NAME_TOO_LONG",
        path: [section, key],
        message: `its name would be ${name}, ${name.length} characters where AWS allows ${limit}`,
        fix: `shorten prefix, name or "${key}" by ${name.length - limit} characters`,
      },
    ];
  });
}

/** What is restored beside a table has a longer name. It is too late to learn of it then. */
function restorable<Value extends { readonly existing?: boolean | undefined }>(
  tables: Record<string, Value>,
  nameOf: Named<Value>,
): Problem[] {
  const { max } = tableNameLength;
  return Object.entries(tables).flatMap(([key, table]): Problem[] => {
    const name = nameOf(key, table);
    const restored = restoredTableNames(name);
    if (table.existing === true || name.length > max || restored.length <= max) return [];
    return [
      {
        code: "MANIFEST_NAME_TOO_LONG",
        path: ["tables", key],
        message: `restored beside it, a table would be ${restored}, ${restored.length} characters where AWS allows ${max}`,
        fix: `shorten its name by ${restored.length - max} characters`,
      },
    ];
  });
}

/** The buckets of an account have the prefix in their names, too. */
function fittingBuckets({ prefix = "", environments = {} }: Draft): Problem[] {
  const names = Object.values(environments).map((one) =>
    stateBucketName(prefix, one?.accountId ?? "", one?.region ?? ""),
  );
  const name = names.reduce((one, other) => (other.length > one.length ? other : one), "");
  return tooLong("state bucket", name, bucketNameLength.max, "prefix");
}

/**
 * Whoever deploys a service may change what is called `{prefix}-{name}-...`, and the roles that say who may
 * deploy are called `{prefix}-deploy-...`.
 */
function ownRoles({ prefix = "", name = "" }: Draft): Problem[] {
  const kind = accountRoles.find((one) => name === one || name.startsWith(`${one}-`));
  if (kind === undefined) return [];
  return [
    {
      code: "MANIFEST_NAME_RESERVED",
      path: ["name"],
      message: `its resources would be called as the account's roles ${prefix}-${kind}-... are, and could change them`,
      fix: `write a name that does not begin with "${kind}"`,
    },
  ];
}

/** Only where functions fit: what makes their names too long makes this one too long, and is one problem. */
function fittingRole({ prefix = "", name = "" }: Draft, functions: readonly Problem[]): Problem[] {
  if (functions.length > 0) return [];
  // The longest of the account's roles for a service.
  const role = releasesRoleName(prefix, name, "sit");
  return tooLong("releases role", role, roleNameLength.max, "prefix or name");
}

function tooLong(what: string, name: string, limit: number, shorten: string): Problem[] {
  if (name.length <= limit) return [];
  return [
    {
      code: "MANIFEST_NAME_TOO_LONG",
      path: ["prefix"],
      message: `the ${what} would be ${name}, ${name.length} characters where AWS allows ${limit}`,
      fix: `shorten ${shorten} by ${name.length - limit} characters`,
    },
  ];
}

function distinct<Value>(
  section: string,
  entries: Record<string, Value>,
  what: string,
  nameOf: Named<Value>,
): Problem[] {
  const owners = new Map<string, string>();
  return Object.entries(entries).flatMap(([key, value]): Problem[] => {
    const name = nameOf(key, value);
    const owner = owners.get(name);
    if (owner === undefined) {
      owners.set(name, key);
      return [];
    }
    return [
      {
        code: "MANIFEST_NAME_TAKEN",
        path: [section, key],
        message: `"${owner}" and "${key}" would have the same ${what}, ${name}`,
        fix: `give "${key}" a ${what} of its own`,
      },
    ];
  });
}

/** Without those that have the same name in AWS, which is a problem already. */
function onePerName<Value>(entries: Record<string, Value>): Record<string, Value> {
  const byName = new Map<string, [string, Value]>();
  for (const [key, value] of Object.entries(entries).reverse()) {
    byName.set(kebabCase(key), [key, value]);
  }
  return Object.fromEntries([...byName.values()].reverse());
}

function environmentInTableNames(tables: Record<string, { name?: string | undefined }>): Problem[] {
  return Object.entries(tables).flatMap(([key, { name }]): Problem[] => {
    if (name === undefined || name.includes("{environment}")) return [];
    return [
      {
        code: "MANIFEST_BAD_FORM",
        path: ["tables", key, "name"],
        message: `"${name}" would be the table of every environment`,
        fix: `write "${name}-{environment}"`,
      },
    ];
  });
}

/** A table's variable must not be one that every function has already. */
function ownVariables(tables: Record<string, { variable?: string | undefined }>): Problem[] {
  const taken = new Set<string>([...Object.values(environmentVariables), ...reservedVariables]);
  return Object.entries(tables).flatMap(([key, { variable = "" }]): Problem[] => {
    if (!taken.has(variable)) return [];
    return [
      {
        code: "MANIFEST_NAME_TAKEN",
        path: ["tables", key, "variable"],
        message: `every function has ${variable} already, and it means something else`,
        fix: `write "${tableVariable(key)}"`,
      },
    ];
  });
}
