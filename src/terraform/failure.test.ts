import { describe, expect, it } from "vitest";
import type { FailedRun } from "./failed-run.ts";
import { terraformFailure } from "./failure.ts";
import type { Diagnostic } from "./message.ts";

const error = (summary: string, detail = "", address?: string): Diagnostic => ({
  severity: "error",
  summary,
  detail,
  ...(address !== undefined && { address }),
});

/** What became of an apply to sit that ended with these. */
const failure = (diagnostics: readonly Diagnostic[], more: Partial<FailedRun> = {}) =>
  terraformFailure({
    command: "apply",
    diagnostics,
    complaint: "",
    environment: "sit",
    directory: "shop/.lambdakit/terraform/sit/stacks/service",
    variableFiles: [
      "shop/.lambdakit/terraform/sit/manifest.tfvars.json",
      "shop/.lambdakit/terraform/sit/artifacts.tfvars.json",
    ],
    ...more,
  });

// Texts of Terraform 1.11.4 and of the AWS provider 5.100.0, request ids cut.
const lockInfo = `Lock Info:
  ID:        8d5f7a0c-1e0e-4b3b-9f6e-0f7a3c1d2e4b
  Path:      states/services/product/sit.tfstate
  Operation: OperationTypeApply
  Who:       ada@laptop
  Version:   1.11.4
  Created:   2026-11-26 20:15:30.123456789 +0000 UTC
  Info:      
`;
const locked = (cause: string, info = lockInfo) =>
  error(
    "Error acquiring the state lock",
    `Error message: operation error S3: PutObject, https response error StatusCode: 412, RequestID: R, HostID: H, ${cause}\n${info}\n\nTerraform acquires a state lock to protect the state from being written\nby multiple users at the same time.`,
  );
const precondition =
  "api error PreconditionFailed: At least one of the pre-conditions you specified did not hold";

describe("a state that is locked", () => {
  it("says who holds it, since when and for what, and how to take the lock away", () => {
    expect(failure([locked(precondition)])).toMatchObject({
      code: "TERRAFORM_LOCKED",
      message:
        "ada@laptop holds the lock of sit since 2026-11-26 20:15:30.123456789 +0000 UTC, for apply.",
      fix: "wait until that has ended; if it was killed: lambdakit unlock --env sit 8d5f7a0c-1e0e-4b3b-9f6e-0f7a3c1d2e4b",
    });
  });

  it("says what it can where the lock is gone before it is read", () => {
    expect(failure([locked(precondition, "")])).toMatchObject({
      code: "TERRAFORM_LOCKED",
      message: expect.stringContaining("PreconditionFailed"),
      fix: "wait for whoever deploys now, and run the command again",
    });
  });

  it("is told apart from a lock that these credentials may not write", () => {
    const refused = locked("api error AccessDenied: Access Denied", "");
    expect(failure([refused])).toMatchObject({ code: "AWS_NOT_ALLOWED" });
    const expired = locked("api error ExpiredToken: The provided token has expired.", "");
    expect(failure([expired])).toMatchObject({ code: "AWS_CREDENTIALS_EXPIRED" });
  });

  it("names its lock to whoever would take away another", () => {
    const complaint = `Failed to unlock state: lock ID '0000' does not match the existing lock ID '8d5f7a0c-1e0e-4b3b-9f6e-0f7a3c1d2e4b'\n${lockInfo}`;
    expect(failure([], { command: "force-unlock", complaint })).toMatchObject({
      code: "TERRAFORM_LOCKED",
      fix: expect.stringContaining("unlock --env sit 8d5f7a0c-1e0e-4b3b-9f6e-0f7a3c1d2e4b"),
    });
  });
});

describe("a failure of Terraform that has a better answer than its own", () => {
  it.each([
    [
      "TERRAFORM_NOT_BOOTSTRAPPED",
      error(
        'S3 bucket "bbws-terraform-state-1-eu-west-1" does not exist.',
        "The referenced S3 bucket must have been previously created.",
      ),
      "lambdakit bootstrap --env sit",
    ],
    [
      "AWS_CREDENTIALS_EXPIRED",
      error(
        "creating IAM Role (x): operation error IAM: CreateRole, https response error StatusCode: 403, RequestID: R, api error ExpiredToken: The security token included in the request is expired",
      ),
      "get new ones (aws sso login), and run the command again: it carries on",
    ],
    [
      "AWS_NO_CREDENTIALS",
      error(
        "No valid credential sources found",
        "Please see https://developer.hashicorp.com/terraform/language/backend/s3\nfor more information about providing credentials.\n\nError: failed to refresh cached credentials, no EC2 IMDS role found",
      ),
      "aws sso login, then set AWS_PROFILE; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    ],
    [
      "AWS_CREDENTIALS_UNKNOWN",
      error(
        "validating provider credentials: retrieving caller identity from STS: operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: R, api error InvalidClientTokenId: The security token included in the request is invalid.",
      ),
      "aws sts get-caller-identity, and correct AWS_PROFILE or the keys",
    ],
    [
      "AWS_WRONG_ACCOUNT",
      error("AWS account ID not allowed: 111122223333"),
      "set AWS_PROFILE to one of the account that service.ts names",
    ],
    [
      "TERRAFORM_NO_PROVIDER",
      error(
        "Failed to query available provider packages",
        "Could not retrieve the list of available versions for provider hashicorp/aws: could not connect to registry.terraform.io: failed to request discovery document: dial tcp: lookup registry.terraform.io: no such host",
      ),
      expect.stringContaining("name a mirror"),
    ],
    [
      "DEPLOY_PLAN_STALE",
      error(
        "Saved plan is stale",
        "The given plan file can no longer be applied because the state was changed by another operation after the plan was created.",
      ),
      "plan again, and look at it again",
    ],
    [
      "AWS_NOT_ALLOWED",
      error(
        "creating Lambda Function (x): operation error Lambda: CreateFunction, https response error StatusCode: 403, RequestID: R, api error AccessDeniedException: User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: lambda:CreateFunction",
      ),
      "use a role that may, such as the account's deploy role, and run the command again: it carries on",
    ],
    [
      "AWS_UNREACHABLE",
      error(
        'creating SNS Topic (x): operation error SNS: CreateTopic, exceeded maximum number of attempts, 2, https response error StatusCode: 0, RequestID: , request send failed, Post "http://127.0.0.1:5000/": dial tcp 127.0.0.1:5000: connect: connection refused',
      ),
      "check the network and AWS_ENDPOINT_URL, and run the command again: it carries on",
    ],
  ])("is %s", (code, diagnostic, fix) => {
    expect(failure([diagnostic])).toMatchObject({ code, fix });
  });

  it("is told once where AWS is gone in the middle: all that was under way says the same", () => {
    const gone = (what: string) =>
      error(`${what}: dial tcp 127.0.0.1:5000: connect: connection refused`);
    const warning: Diagnostic = { severity: "warning", summary: "Old", detail: "" };
    const { message } = failure([
      warning,
      gone("creating SNS Topic (x)"),
      gone("creating IAM Role (y)"),
    ]);
    expect(message).toBe(
      "AWS cannot be reached. What Terraform could not write down is kept for the next run.\ncreating SNS Topic (x): dial tcp 127.0.0.1:5000: connect: connection refused",
    );
  });

  it("shows what AWS said where that helps to find whose fault it is", () => {
    const refused = error("api error AccessDenied: no", "", "aws_iam_role.x");
    expect(failure([refused]).message).toBe(
      "These credentials are not allowed to do that.\napi error AccessDenied: no (aws_iam_role.x)",
    );
  });

  it("is found whatever else was said, warnings apart", () => {
    const warning: Diagnostic = { severity: "warning", summary: "NoSuchBucket", detail: "" };
    expect(failure([warning, error("Something else")])).toMatchObject({ code: "TERRAFORM_FAILED" });
    expect(failure([error("Something else"), error("Saved plan is stale")])).toMatchObject({
      code: "DEPLOY_PLAN_STALE",
    });
  });
});

describe("a plan that would delete what is protected", () => {
  it("is refused, with the addresses", () => {
    const protect = (address: string) =>
      error(
        "Instance cannot be destroyed",
        `Resource ${address} has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed. To avoid this error and continue with the plan, either disable lifecycle.prevent_destroy or reduce the scope of the plan using the -target option.`,
      );
    const one = 'module.table["products"].aws_dynamodb_table.protected[0]';
    const other = 'module.table["orders"].aws_dynamodb_table.protected[0]';
    expect(failure([protect(one), protect(other)])).toMatchObject({
      code: "DEPLOY_PROTECTED",
      message: `With this plan what is protected in sit would be deleted or replaced:\n${one}\n${other}`,
      fix: "undo in service.ts what asks for it, such as another name or key of a table",
      exitCode: 77,
    });
  });
});

describe("any other failure", () => {
  it("is shown in Terraform's words, with the resource", () => {
    const invalid = error("Invalid index", "The given key does not exist.\n", "aws_iam_role.x");
    expect(failure([invalid])).toMatchObject({
      code: "TERRAFORM_FAILED",
      message:
        "terraform apply failed.\nInvalid index (aws_iam_role.x)\nThe given key does not exist.",
      fix: "correct what it says, and run the command again: what was done stays done",
    });
  });

  it("is shown without the colours and lines that are for a terminal", () => {
    const complaint =
      "\u001b[31m╷\u001b[0m\u001b[0m\n\u001b[31m│\u001b[0m \u001b[0m\u001b[1m\u001b[31mError: \u001b[0m\u001b[0m\u001b[1mNo state\u001b[0m\n\u001b[31m│\u001b[0m \u001b[0m\n\u001b[31m│\u001b[0m \u001b[0mNothing is there.\n\u001b[31m╵\u001b[0m\u001b[0m\n";
    expect(failure([], { command: "show", complaint }).message).toBe(
      "terraform show failed.\nError: No state\n\nNothing is there.",
    );
  });
});

const creating = (what: string, said: string) =>
  `creating ${what}: operation error, https response error StatusCode: 409, RequestID: R, ${said}`;

const run =
  "terraform -chdir=shop/.lambdakit/terraform/sit/stacks/service import -var-file=../../manifest.tfvars.json -var-file=../../artifacts.tfvars.json";

describe("what is to be made and is there already", () => {
  it.each([
    [
      "IAM Role (bbws-product-get-sit)",
      "EntityAlreadyExists: Role with name bbws-product-get-sit already exists.",
      'module.function["get"].aws_iam_role.this',
      "'bbws-product-get-sit'",
    ],
    [
      "CloudWatch Logs Log Group (/aws/lambda/bbws-product-get-sit)",
      "ResourceAlreadyExistsException: The specified log group already exists",
      'module.function["get"].aws_cloudwatch_log_group.this',
      "'/aws/lambda/bbws-product-get-sit'",
    ],
    [
      "Lambda Function (bbws-product-get-sit)",
      "ResourceConflictException: Function already exist: bbws-product-get-sit",
      'module.function["get"].aws_lambda_function.this',
      "'bbws-product-get-sit'",
    ],
    [
      "S3 Bucket (bbws-artifacts-1)",
      "BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it.",
      "module.artifact_bucket.aws_s3_bucket.this",
      "'bbws-artifacts-1'",
    ],
    [
      "KMS Alias (alias/bbws-alarms)",
      "AlreadyExistsException: An alias with the name arn:aws:kms:eu-west-1:1:alias/bbws-alarms already exists",
      "module.alarm_key.aws_kms_alias.this",
      "'alias/bbws-alarms'",
    ],
    // Whose id is not its name.
    [
      "IAM Policy (bbws-boundary)",
      "EntityAlreadyExists: A policy called bbws-boundary already exists.",
      "aws_iam_policy.function_boundary",
      "ID",
    ],
    [
      "IAM OIDC Provider",
      "EntityAlreadyExists: Provider with url https://token.actions.githubusercontent.com already exists.",
      "aws_iam_openid_connect_provider.github[0]",
      "ID",
    ],
  ])("can be taken over: %s", (what, said, address, id) => {
    expect(failure([error(creating(what, said), "", address)])).toMatchObject({
      code: "TERRAFORM_EXISTS_ALREADY",
      message: expect.stringContaining(`\n${address}`),
      fix: `let Terraform take over what is there, and deploy again:\n    ${run} '${address}' ${id}`,
    });
  });

  it("may be used as it is, where it is a table", () => {
    const address = 'module.table["products"].aws_dynamodb_table.protected[0]';
    const said = "ResourceInUseException: Table already exists: products-sit";
    const taken = error(creating("AWS DynamoDB Table (products-sit)", said), "", address);
    expect(failure([taken])).toMatchObject({
      code: "TERRAFORM_EXISTS_ALREADY",
      message: `What Terraform is to make is there already, and not in its state of sit:\n${address}: products-sit`,
      fix: `write existing: true at the table in service.ts; or let Terraform take over what is there, and deploy again:\n    ${run} '${address}' 'products-sit'`,
    });
  });

  it("is listed as a whole, with whatever else went wrong", () => {
    const role = error(
      creating("IAM Role (a)", "EntityAlreadyExists: there"),
      "",
      "aws_iam_role.a",
    );
    const other = error(
      creating("IAM Role (b)", "EntityAlreadyExists: there"),
      "",
      "aws_iam_role.b",
    );
    const else_ = error("Something else", "and why", "aws_iam_role.c");
    const { message, fix } = failure([role, else_, other]);
    expect(message.split("\n").slice(1)).toEqual([
      "aws_iam_role.a: a",
      "aws_iam_role.b: b",
      "Something else (aws_iam_role.c)",
      "and why",
    ]);
    expect(fix.split("\n").slice(1)).toEqual([
      `    ${run} 'aws_iam_role.a' 'a'`,
      `    ${run} 'aws_iam_role.b' 'b'`,
    ]);
  });

  it.each([
    "ResourceConflictException: The operation cannot be performed at this time. An update is in progress",
    "ResourceInUseException: Table is being created: products-sit",
    "BucketAlreadyExists: The requested bucket name is not available.",
  ])("is something else than: %s", (said) => {
    expect(failure([error(creating("X (x)", said), "", "aws_iam_role.x")])).toMatchObject({
      code: "TERRAFORM_FAILED",
    });
  });
});
