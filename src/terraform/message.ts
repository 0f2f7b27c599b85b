/** What Terraform says of a failure or a doubt. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** The resource that it is about, such as `module.table["products"].aws_dynamodb_table.protected[0]`. */
  readonly address?: string;
}

/** One line of Terraform's JSON output, as far as anybody here looks at it. */
export type Message =
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  /** What a plan will do with a resource. */
  | { readonly type: "planned"; readonly change: PlannedChange }
  /** A resource was made, changed or removed. */
  | {
      readonly type: "done";
      readonly address: string;
      readonly action: string;
      readonly seconds: number;
    }
  | { readonly type: "failed"; readonly address: string; readonly action: string }
  /** An apply came to its end, and all was done. */
  | { readonly type: "complete" };

/** A change without what it changes. */
export interface PlannedChange {
  readonly address: string;
  /** Terraform's word for what it is: `aws_lambda_function`. */
  readonly type: string;
  readonly action: "create" | "update" | "replace" | "delete" | "import";
}

/**
 * Reads what Terraform prints with `-json`, a message a line. What is no message is left out, such as a
 * line that was being written when the machine stopped.
 *
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui (2026-11-26)
 */
export function readMessages(output: string): Message[] {
  return output.split("\n").flatMap((line) => readMessage(line) ?? []);
}

function readMessage(line: string): Message | undefined {
  const { type, diagnostic, hook, change, changes } = parse(line);
  switch (type) {
    case "diagnostic": {
      const { severity, summary = "", detail = "", address } = Object(diagnostic);
      return {
        type,
        diagnostic: {
          severity: severity === "warning" ? "warning" : "error",
          summary,
          detail,
          ...(typeof address === "string" && { address }),
        },
      };
    }
    case "planned_change": {
      const { action, resource } = Object(change);
      const { addr: address, resource_type: kind } = Object(resource);
      if (!actions.includes(action) || typeof address !== "string") return undefined;
      return { type: "planned", change: { address, type: kind, action } };
    }
    case "apply_complete": {
      const { resource, action, elapsed_seconds: seconds } = Object(hook);
      const { addr: address } = Object(resource);
      return typeof address === "string" ? { type: "done", address, action, seconds } : undefined;
    }
    case "apply_errored": {
      const { resource, action } = Object(hook);
      const { addr: address } = Object(resource);
      return typeof address === "string" ? { type: "failed", address, action } : undefined;
    }
    case "change_summary":
      return Object(changes).operation === "plan" ? undefined : { type: "complete" };
    default:
      return undefined;
  }
}

const actions = ["create", "update", "replace", "delete", "import"];

function parse(line: string) {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}
