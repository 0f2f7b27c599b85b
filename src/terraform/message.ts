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
  /** A resource was made, changed or removed. */
  | {
      readonly type: "done";
      readonly address: string;
      readonly action: string;
      readonly seconds: number;
    }
  | { readonly type: "failed"; readonly address: string; readonly action: string };

/**
 * Reads one line of `-json` output; undefined where it says nothing of use, or is no JSON.
 *
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui (2026-11-26)
 */
export function readMessage(line: string): Message | undefined {
  const { type, diagnostic, hook } = parse(line);
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
    case "apply_complete": {
      const { resource, action, elapsed_seconds: seconds } = Object(hook);
      return { type: "done", address: resource.addr, action, seconds };
    }
    case "apply_errored": {
      const { resource, action } = Object(hook);
      return { type: "failed", address: resource.addr, action };
    }
    default:
      return undefined;
  }
}

function parse(line: string) {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}
