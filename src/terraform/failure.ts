import { type Cause, type ErrorCode, LambdakitError } from "../errors/index.ts";
import { diagnosticText } from "./diagnostic-text.ts";
import { existsAlready, existsAlreadyText } from "./exists-already.ts";
import type { FailedRun } from "./failed-run.ts";

/** Terraform's failures that have a better answer than its own. */
const known: readonly {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly explain: (text: string, run: FailedRun) => Pick<Cause, "message" | "fix">;
}[] = [
  {
    // Whoever may not write the lock, or cannot reach it, is told the same in the first line.
    pattern:
      /(Error acquiring the state lock|does not match the existing lock ID).*(Lock Info:|PreconditionFailed|ConditionalRequestConflict)/s,
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
    pattern: /No valid credential sources found/,
    code: "AWS_NO_CREDENTIALS",
    explain: () => ({
      message: "Terraform finds no AWS credentials.",
      fix: "aws sso login, then set AWS_PROFILE; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    }),
  },
  {
    pattern:
      /InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch/,
    code: "AWS_CREDENTIALS_UNKNOWN",
    explain: (text) => ({
      message: `AWS does not know the credentials that Terraform has.\n${text}`,
      fix: "aws sts get-caller-identity, and correct AWS_PROFILE or the keys",
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
    explain: () => ({
      message: "Somebody has changed the environment since the plan was made.",
      fix: "plan again, and look at it again",
    }),
  },
  {
    pattern: /has lifecycle\.prevent_destroy set/,
    code: "DEPLOY_PROTECTED",
    explain: protectedText,
  },
  {
    pattern: existsAlready,
    code: "TERRAFORM_EXISTS_ALREADY",
    explain: (_, run) => existsAlreadyText(run),
  },
  {
    pattern: /AccessDenied|UnauthorizedOperation|is not authorized to perform/,
    code: "AWS_NOT_ALLOWED",
    explain: (text) => ({
      message: `These credentials are not allowed to do that.\n${text}`,
      fix: "use a role that may, such as the account's deploy role, and run the command again: it carries on",
    }),
  },
  {
    pattern: /connection refused|no such host|i\/o timeout|connect: /,
    code: "AWS_UNREACHABLE",
    explain: (_, { diagnostics }) => ({
      // Everything that was under way says the same, and then the state and the lock do.
      message:
        `AWS cannot be reached. What Terraform could not write down is kept for the next run.\n${diagnostics.find(({ severity }) => severity === "error")?.summary ?? ""}`.trim(),
      fix: "check the network and AWS_ENDPOINT_URL, and run the command again: it carries on",
    }),
  },
];

/** What became of a run of Terraform that failed. */
export function terraformFailure(run: FailedRun): LambdakitError {
  const errors = run.diagnostics.filter(({ severity }) => severity === "error");
  const text = errors.length === 0 ? plain(run.complaint) : errors.map(diagnosticText).join("\n");
  const one = known.find(({ pattern }) => pattern.test(text));
  if (one !== undefined) return new LambdakitError(one.code, one.explain(text, run));
  return new LambdakitError("TERRAFORM_FAILED", {
    message: `terraform ${run.command} failed.\n${text}`,
    fix: "correct what it says, and run the command again: what was done stays done",
  });
}

/** What is meant for a terminal, without colours and the line at its left. */
function plain(complaint: string): string {
  const start = String.fromCharCode(27);
  const colours = new RegExp(`${start}\\[[\\d;]*m`, "g");
  return complaint
    .replace(colours, "")
    .replace(/^[╷╵]\n?/gm, "")
    .replace(/^│ ?/gm, "")
    .trim();
}

function protectedText(text: string, { environment }: FailedRun): Pick<Cause, "message" | "fix"> {
  const matches = text.matchAll(/Resource (\S.*?) has\s+lifecycle\.prevent_destroy/g);
  const addresses = [...matches].map(([, address]) => address);
  return {
    message: `With this plan what is protected in ${environment} would be deleted or replaced:\n${addresses.join("\n")}`,
    fix: "undo in service.ts what asks for it, such as another name or key of a table",
  };
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
