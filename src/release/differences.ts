import { routeName } from "../names.ts";
import type { FunctionPlan, ServicePlan } from "../plan/index.ts";
import { canonicalJson } from "../system/index.ts";
import type { ReleaseView } from "./release.ts";

/** What an alias moves with it, and what it does not: the last two stay when traffic goes back. */
export type Aspect = "code" | "configuration" | "permissions" | "infrastructure";

export const aspects: readonly Aspect[] = [
  "code",
  "configuration",
  "permissions",
  "infrastructure",
];

/** One thing that two releases have otherwise. */
export interface Difference {
  readonly aspect: Aspect;
  /** Such as `list memoryMb`, or `create may PutItem on products-dev`. */
  readonly what: string;
  /** Null where it is not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What is different in the second one. */
export function differences(before: ReleaseView, after: ReleaseView): Difference[] {
  return aspects.flatMap((aspect) => {
    const one = new Map(facts[aspect](before));
    const other = new Map(facts[aspect](after));
    const names = [...new Set([...one.keys(), ...other.keys()])].sort();
    return names.flatMap((what): Difference[] => {
      const [was, is] = [one.get(what) ?? null, other.get(what) ?? null];
      return was === is ? [] : [{ aspect, what, before: was, after: is }];
    });
  });
}

type Facts = (readonly [what: string, value: string])[];

const facts: Readonly<Record<Aspect, (view: ReleaseView) => Facts>> = {
  code: ({ release }) =>
    Object.entries(release.artifacts).map(([key, { sha256 }]) => [key, sha256.slice(0, 12)]),
  configuration: ({ plan }) => plan.functions.flatMap(configurationOf),
  permissions: ({ plan }) => plan.functions.flatMap(permissionsOf),
  infrastructure: ({ plan, release }) => [
    ...tableFacts(plan),
    ...apiFacts(plan),
    ...plan.alarms.map(({ name, severity, threshold, ...alarm }): Facts[number] => [
      `alarm ${name}`,
      `${severity} above ${threshold}, ${alarm.datapointsToAlarm} of ${alarm.periods} times`,
    ]),
    ...plan.functions.map(({ key, reservedConcurrency }): Facts[number] => [
      `${key} reservedConcurrency`,
      String(reservedConcurrency ?? "none"),
    ]),
    ["Terraform modules", release.stackSha256.slice(0, 12)],
  ],
};

/** What belongs to a version, and so moves with the alias. */
function configurationOf(one: FunctionPlan): Facts {
  const { key, environmentVariables, logging } = one;
  const numbers = [
    "runtime",
    "architecture",
    "memoryMb",
    "timeoutSeconds",
    "ephemeralStorageMb",
    "handler",
  ] as const;
  return [
    ...numbers.map((name): Facts[number] => [`${key} ${name}`, String(one[name])]),
    [`${key} log level`, `${logging.applicationLevel}, system ${logging.systemLevel}`],
    ...Object.entries(environmentVariables).map(([name, value]): Facts[number] => [
      `${key} ${name}`,
      value,
    ]),
  ];
}

function permissionsOf({ key, role }: FunctionPlan): Facts {
  return role.statements.flatMap(({ actions, resources, conditions }) =>
    actions.flatMap((action) =>
      resources.map((resource): Facts[number] => {
        const only =
          Object.keys(conditions).length === 0 ? "" : ` where ${canonicalJson(conditions)}`;
        return [`${key} may ${action} on ${resource}${only}`, "yes"];
      }),
    ),
  );
}

function tableFacts({ tables }: ServicePlan): Facts {
  return tables.flatMap(({ name, partitionKey, sortKey, timeToLiveAttribute, indexes }) => [
    [`table ${name}`, keysText(partitionKey, sortKey)] as const,
    [`table ${name} time to live`, timeToLiveAttribute ?? "none"] as const,
    ...indexes.map(
      (index) =>
        [`index ${index.name} of ${name}`, keysText(index.partitionKey, index.sortKey)] as const,
    ),
  ]);
}

function keysText(
  partition: { readonly name: string; readonly type: string },
  sort: { readonly name: string; readonly type: string } | null,
): string {
  return [partition, ...(sort === null ? [] : [sort])]
    .map(({ name, type }) => `${name} (${type})`)
    .join(", ");
}

function apiFacts({ api }: ServicePlan): Facts {
  const { cors, throttling } = api;
  return [
    ...api.routes.map((route): Facts[number] => [`route ${routeName(route)}`, route.function]),
    ["origins that may call", cors.allowOrigins.join(", ")],
    ["throttling", `${throttling.requestsPerSecond} requests/s, burst ${throttling.burst}`],
  ];
}
