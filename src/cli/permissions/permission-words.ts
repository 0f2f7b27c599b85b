import type { Verdict } from "../../least-privilege/index.ts";
import type { Permission } from "../../plan/index.ts";
import type { Column } from "../layout/table.ts";

/** A table or an index by its name; anything else as it is. */
export function resourceName(resource: string): string {
  return /^arn:[^:]*:dynamodb:[^:]*:\d*:table\/(.*)$/.exec(resource)?.[1] ?? resource;
}

/** What is said of a verdict, in a table. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  needed: "needed",
  unused: "UNUSED",
  covered: "COVERED",
  unnoticed: "UNNOTICED",
  unclear: "UNCLEAR",
  "not-held": "not held",
};

/** `create dynamodb:PutItem products-dev IDEMPOTENCY#*` */
export function permissionName({ function: key, action, resource, partitionKeys }: Permission) {
  return [
    key,
    action,
    resourceName(resource),
    ...(partitionKeys === null ? [] : [partitionKeys]),
  ].join(" ");
}

/** What a permission is, in a table. */
export const permissionColumns: readonly Column<Permission>[] = [
  { title: "Function", text: (one) => one.function, isName: true },
  { title: "Action", text: ({ action }) => action, isName: true },
  { title: "On", text: ({ resource }) => resourceName(resource), canBeCut: true },
  { title: "Partition keys", text: ({ partitionKeys }) => partitionKeys ?? "all" },
];
