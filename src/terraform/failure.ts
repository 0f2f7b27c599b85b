import { type Cause, type ErrorCode, LambdakitError } from "../errors/index.ts";
import type { Diagnostic } from "./message.ts";

/** What Terraform was doing when it failed. */
export interface FailedRun {
  /** Such as `plan`. */
  readonly command: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What it printed that was no message. */
  readonly complaint: string;
  readonly environment: string;
}

/** Terraform's failures that have a better answer than its own. */
const known: readonly {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly explain: (text: string, run: FailedRun) => Pick<Cause, "message" | "fix">;
}[] = [
  {
    pattern: /Error acquiring the state lock/,
    code: "TERRAFORM_LOCKED",
    explain: lockText,
  },
  {
    pattern: /S3 bucket "?[^"\s]*"? does not exist|NoSuchBucket/,
    code: "TERRAFORM_NOT_BOOTSTRAPPED",
    explain: (_, { environment }) => ({
      message: `The account of ${environment} has no bucket for Terraform's state yet.`,
      fix: `lambdakit bootstrap --env ${environment}`,
    }),
  },
  {
    pattern: /ExpiredToken|RequestExpired/,
    code: "AWS_CREDENTIALS_EXPIRED",
    explain: () => ({
      message: "The AWS credentials have expired while Terraform was at work.",
      fix: "get new ones (aws sso login), and run the command again: it carries on",
    }),
  },
  {
    pattern: /AWS account ID not allowed/,
    code: "AWS_WRONG_ACCOUNT",
    explain: (text, { environment }) => ({
      message: `Terraform got credentials of another account than that of ${environment}: ${text}`,
      fix: "set AWS_PROFILE to one of the account that service.ts names",
    }),
  },
  {
    pattern:
      /[Ff]ailed to query available provider packages|[Ff]ailed to install provider|could not connect to registry/,
    code: "TERRAFORM_NO_PROVIDER",
    explain: (text) => ({
      message: `Terraform cannot get its AWS provider.\n${text}`,
      fix: "connect to the internet, or name a mirror in a CLI configuration file: https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation",
    }),
  },
  {
    pattern: /[Ss]aved plan is stale/,
    code: "DEPLOY_PLAN_STALE",
    explain: (_, { environment }) => ({
      message: "Somebody has changed the environment since the plan was made.",
      fix: `lambdakit plan --env ${environment}, and look at it again`,
    }),
  },
  {
    pattern: /connection refused|no such host|i\/o timeout|connect: /,
    code: "AWS_UNREACHABLE",
    explain: (text) => ({
      message: `AWS cannot be reached.\n${text}`,
      fix: "check the network and AWS_ENDPOINT_URL, and run the command again: it carries on",
    }),
  },
];

/** What became of a run of Terraform that failed. */
export function terraformFailure(run: FailedRun): LambdakitError {
  const errors = run.diagnostics.filter(({ severity }) => severity === "error");
  const text = errors.length === 0 ? run.complaint.trim() : errors.map(diagnosticText).join("\n");
  const one = known.find(({ pattern }) => pattern.test(text));
  if (one !== undefined) return new LambdakitError(one.code, one.explain(text, run));
  return new LambdakitError("TERRAFORM_FAILED", {
    message: `terraform ${run.command} failed.\n${text}`,
    fix: `correct what it says, and run lambdakit deploy --env ${run.environment} again: what was done stays done`,
  });
}

function diagnosticText({ summary, detail, address }: Diagnostic): string {
  return [`${summary}${address === undefined ? "" : ` (${address})`}`, detail.trim()]
    .filter(Boolean)
    .join("\n");
}

/** Terraform lists who holds the lock, one fact a line. */
function lockText(text: string, { environment }: FailedRun): Pick<Cause, "message" | "fix"> {
  const fact = (name: string) => new RegExp(`^\\s*${name}:\\s*(.+)$`, "m").exec(text)?.[1]?.trim();
  const id = fact("ID");
  if (id === undefined) {
    return { message: text, fix: "wait for whoever deploys now, and run the command again" };
  }
  const operation = (fact("Operation") ?? "").replace("OperationType", "").toLowerCase();
  return {
    message: `${fact("Who") ?? "Somebody"} holds the lock of ${environment} since ${fact("Created") ?? "an unknown time"}, for ${operation || "an operation"}.`,
    fix: `wait until that has ended; if it was killed: lambdakit unlock --env ${environment} ${id}`,
  };
}
