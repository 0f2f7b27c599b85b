import { readStatements } from "../cloudformation/statements.ts";
import { readVariables } from "../cloudformation/variables.ts";
import { type HasFile, readEntry } from "../entry.ts";
import { camelCase } from "../keys.ts";
import type { AdoptedFunction, AdoptedGrant, AdoptedJwt, AdoptedTable } from "../model.ts";
import { readInteger } from "../settings.ts";
import type { Ledger } from "../source/ledger.ts";
import { booleanOf, childOf, entriesOf, itemsOf, type Tree, textOf } from "../source/tree.ts";
import { readEvent, type StatedCors } from "./events.ts";

/** What the file says for all functions. */
export interface Surroundings {
  readonly provider: Tree | undefined;
  /** What `provider.iam` allows all functions. */
  readonly shared: readonly AdoptedGrant[];
  readonly tables: readonly AdoptedTable[];
  readonly has: HasFile;
  readonly ledger: Ledger;
}

export interface ServerlessFunction {
  readonly function: AdoptedFunction;
  readonly jwt: AdoptedJwt | undefined;
  readonly cors: readonly StatedCors[];
  readonly logLevel: Tree | undefined;
}

/** @see https://www.serverless.com/framework/docs/providers/aws/guide/functions (2026-11-27) */
export function readFunction(
  name: string,
  stated: Tree,
  { provider, shared, tables, has, ledger }: Surroundings,
): ServerlessFunction {
  const own = (...keys: string[]) => childOf(stated, ...keys);
  const key = camelCase(name);
  const mine = entriesOf(own("environment"));
  const names = new Set(mine.map((one) => one.key));
  const variables = readVariables(
    [...mine, ...entriesOf(childOf(provider, "environment")).filter((one) => !names.has(one.key))],
    tables,
    ledger,
  );
  const authorizers = childOf(provider, "httpApi", "authorizers");
  const events = itemsOf(own("events")).map((event) => readEvent(event, authorizers, ledger));
  const description = textOf(own("description"));
  if (description !== undefined) ledger.carry(own("description"));
  const statements = own("iamRoleStatements");
  const inherits = statements === undefined || booleanOf(own("iamRoleStatementsInherit")) === true;
  ledger.carry(own("iamRoleStatementsInherit"));
  return {
    function: {
      key,
      description: description?.replace(/\s+/g, " ").trim() || name,
      entry: readEntry(
        {
          handler: own("handler"),
          folder: undefined,
          runtime: textOf(own("runtime") ?? childOf(provider, "runtime")),
          key,
        },
        has,
        ledger,
      ),
      memoryMb: readInteger(own("memorySize"), ledger),
      timeoutSeconds: readInteger(own("timeout"), ledger),
      reservedConcurrency: readInteger(own("reservedConcurrency"), ledger),
      ephemeralStorageMb: readInteger(own("ephemeralStorageSize"), ledger),
      routes: events.flatMap(({ routes }) => routes),
      grants: [...(inherits ? shared : []), ...readStatements(itemsOf(statements), tables, ledger)],
      tableVariables: variables.tables,
    },
    jwt: events.map(({ jwt }) => jwt).find((jwt) => jwt !== undefined),
    cors: events.flatMap(({ cors }) => cors),
    logLevel: variables.logLevel,
  };
}
