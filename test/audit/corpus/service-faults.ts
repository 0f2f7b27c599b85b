import type { ServicePlan } from "../../../src/plan/index.ts";
import { adding, type Fault, made, replacing } from "./fault.ts";

const stack = "services/product/terraform/stacks/service";
const modules = "services/product/terraform/modules";
const [handler, backend] = ["services/product/src/handlers/get-product.ts", `${stack}/versions.tf`];

function withFunctions(change: (one: ServicePlan["functions"][number]) => object) {
  return (plan: ServicePlan): ServicePlan => ({
    ...plan,
    functions: plan.functions.map((one, index) => (index === 0 ? { ...one, ...change(one) } : one)),
  });
}

/** What follows from service.ts, and what its Terraform says. */
export const serviceFaults: readonly Fault[] = [
  {
    id: "public-write",
    what: "everybody may create",
    plan: (plan) => ({
      ...plan,
      api: {
        ...plan.api,
        routes: plan.api.routes.map((route) =>
          route.method === "POST" ? { ...route, auth: { type: "none" } } : route,
        ),
      },
    }),
  },
  {
    id: "public-write",
    what: "a method of Terraform's own",
    file: [
      `${stack}/extra.tf`,
      made(
        'resource "aws_api_gateway_method" "extra" {\n  http_method   = "DELETE"\n  authorization = "NONE"\n}\n',
      ),
    ],
  },
  {
    id: "cors-credentials",
    what: "credentials for every origin",
    file: [
      handler,
      adding('\nexport const headers = { "Access-Control-Allow-Credentials": "true" };\n'),
    ],
  },
  {
    id: "wildcard-permission",
    what: "a function may do everything at tables",
    plan: withFunctions(({ role }) => ({
      role: {
        ...role,
        statements: [
          {
            actions: ["dynamodb:*"],
            resources: ["arn:aws:dynamodb:eu-west-1:1:table/a"],
            conditions: {},
            from: "functions.list",
          },
        ],
      },
    })),
  },
  {
    id: "wildcard-permission",
    what: "a policy for everything in Terraform",
    file: [
      `${stack}/policy.tf`,
      made(
        'data "aws_iam_policy_document" "all" {\n  statement {\n    actions   = ["s3:GetObject"]\n    resources = ["*"]\n  }\n}\n',
      ),
    ],
  },
  {
    id: "secret-in-variable",
    what: "a password in a variable",
    plan: withFunctions(({ environmentVariables }) => ({
      environmentVariables: { ...environmentVariables, DB_PASSWORD: "Winter2026!" }, // not-a-secret: made up for a test
    })),
  },
  {
    id: "runtime-end",
    what: "a runtime that has ended",
    plan: withFunctions(() => ({ runtime: "nodejs20.x" })),
  },
  {
    id: "shared-account",
    what: "sit is in prod's account",
    file: [".github/workflows/product-deploy-sit.yml", replacing(/815856636111/g, "093646564004")],
    plan: (plan) => (plan.environment === "sit" ? { ...plan, accountId: "093646564004" } : plan),
  },
  {
    id: "backup-short",
    what: "backups are gone after five days",
    plan: (plan) => ({
      ...plan,
      recovery: {
        ...plan.recovery,
        backups: plan.recovery.backups && { ...plan.recovery.backups, retentionDays: 5 },
      },
    }),
  },
  {
    id: "table-without-recovery",
    what: "no recovery where nothing may be lost",
    file: [
      `${modules}/table/main.tf`,
      replacing("  point_in_time_recovery {\n    enabled = true\n  }\n", ""),
    ],
  },
  {
    id: "table-unprotected",
    what: "the protected table is not",
    file: [
      `${stack}/table.tf`,
      made(
        'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n  point_in_time_recovery {\n    enabled = true\n  }\n  server_side_encryption {\n    enabled = true\n  }\n}\n',
      ),
    ],
  },
  {
    id: "table-without-key",
    what: "encryption is off",
    file: [
      `${modules}/table/main.tf`,
      replacing(
        "  server_side_encryption {\n    enabled = true\n  }\n",
        "  server_side_encryption {\n    enabled = false\n  }\n",
      ),
    ],
  },
  {
    id: "log-retention",
    what: "logs for ever",
    file: [
      `${modules}/rest-api/main.tf`,
      replacing("  retention_in_days = var.log_retention_days\n", ""),
    ],
  },
  {
    id: "bucket-public",
    what: "a bucket that could become public",
    file: [
      `${stack}/bucket.tf`,
      made('resource "aws_s3_bucket" "assets" {\n  bucket = "assets"\n}\n'),
    ],
  },
  {
    id: "bucket-public",
    what: "a public bucket",
    file: [
      `${stack}/acl.tf`,
      made(
        'resource "aws_s3_bucket_acl" "assets" {\n  bucket = "assets"\n  acl    = "public-read"\n}\n',
      ),
    ],
  },
  {
    id: "state-unlocked",
    what: "no lock",
    file: [backend, replacing(/ {4}use_lockfile = true\n/, "")],
  },
  {
    id: "state-unencrypted",
    what: "no encryption",
    file: [backend, replacing(/encrypt( +)= true/, "encrypt = false")],
  },
  {
    id: "state-local",
    what: "a state on a disk",
    file: [`${stack}/local/main.tf`, made('terraform {\n  backend "local" {}\n}\n')],
  },
  {
    id: "topic-unencrypted",
    what: "a topic in plain text",
    file: [
      `${stack}/topic.tf`,
      made('resource "aws_sns_topic" "orders" {\n  name = "orders"\n}\n'),
    ],
  },
  {
    id: "wide-trust",
    what: "every repository of the organisation, in Terraform",
    file: [`${stack}/trust.tf`, made('locals {\n  subject = "repo:BigBeardWebSolutions/*:*"\n}\n')],
  },
  {
    id: "public-function",
    what: "a function with an open URL",
    file: [
      `${stack}/url.tf`,
      made(
        'resource "aws_lambda_function_url" "get" {\n  function_name      = "get"\n  authorization_type = "NONE"\n}\n',
      ),
    ],
  },
  {
    id: "public-function",
    what: "a function that everybody's API may call",
    file: [
      `${stack}/permission.tf`,
      made(
        'resource "aws_lambda_permission" "get" {\n  function_name = "get"\n  principal     = "apigateway.amazonaws.com"\n}\n',
      ),
    ],
  },
];
