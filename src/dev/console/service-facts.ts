import { routeName } from "../../names.ts";
import type { KeyPlan, ServicePlan } from "../../plan/index.ts";
import { permissionWords } from "./permission-words.ts";

/** What the page shows of the service itself; it changes with a reload only. */
export interface ServiceFacts {
  readonly service: string;
  readonly description: string;
  readonly environment: string;
  readonly region: string;
  readonly engine: string;
  /** What AWS does and this machine does not, in words. */
  readonly notEmulated: readonly string[];
  readonly functions: readonly {
    readonly key: string;
    readonly name: string;
    readonly description: string;
    readonly memoryMb: number;
    readonly timeoutSeconds: number;
    readonly reservedConcurrency: number | null;
    readonly routes: readonly string[];
    readonly permissions: readonly string[];
  }[];
  readonly tables: readonly {
    readonly key: string;
    readonly name: string;
    readonly partitionKey: KeyPlan;
    readonly sortKey: KeyPlan | null;
    readonly indexes: readonly {
      readonly name: string;
      readonly partitionKey: KeyPlan;
      readonly sortKey: KeyPlan | null;
    }[];
  }[];
}

export function serviceFacts(
  plan: ServicePlan,
  { engine, notEmulated }: Pick<ServiceFacts, "engine" | "notEmulated">,
): ServiceFacts {
  const { service, description, environment, region, functions, tables, api } = plan;
  return {
    service,
    description,
    environment,
    region,
    engine,
    notEmulated,
    functions: functions.map((one) => ({
      key: one.key,
      name: one.name,
      description: one.description,
      memoryMb: one.memoryMb,
      timeoutSeconds: one.timeoutSeconds,
      reservedConcurrency: one.reservedConcurrency,
      routes: api.routes.filter((route) => route.function === one.key).map(routeName),
      permissions: one.role.statements.map((statement) => permissionWords(statement, tables)),
    })),
    tables: tables.map(({ key, name, partitionKey, sortKey, indexes }) => ({
      key,
      name,
      partitionKey,
      sortKey,
      indexes: indexes.map((index) => ({
        name: index.name,
        partitionKey: index.partitionKey,
        sortKey: index.sortKey,
      })),
    })),
  };
}
