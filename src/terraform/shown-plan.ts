/**
 * A saved plan as `terraform show -json` gives it, as far as anybody here looks at it.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format (2026-11-26)
 */
export interface ShownPlan {
  readonly resource_changes?: readonly ShownChange[];
}

export interface ShownChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: {
    readonly actions: readonly ("no-op" | "create" | "read" | "update" | "delete" | "forget")[];
    readonly before: unknown;
    readonly after: unknown;
    readonly after_unknown: unknown;
    readonly before_sensitive: unknown;
    readonly after_sensitive: unknown;
    /** Paths of what makes it be replaced. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];
    readonly importing?: { readonly id: string };
  };
}
