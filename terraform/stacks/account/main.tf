# What an account needs before the first service, applied once by an administrator: where state and
# artifacts lie, who may deploy, and what deploying can never do.
#
# No backend is named: the first apply makes the bucket that the state may then move to, see
# docs/reference/terraform.md.

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = var.tags
  }
}

module "state_bucket" {
  source = "../../modules/bucket"

  name        = var.state_bucket
  require_tls = var.require_tls
}

module "artifact_bucket" {
  source = "../../modules/bucket"

  name        = var.artifact_bucket
  require_tls = var.require_tls
}

module "alarm_key" {
  source = "../../modules/alarm-key"

  alias      = var.alarm_key
  account_id = var.account_id
}

# --- access logs of APIs -----------------------------------------------------------------------

resource "aws_iam_role" "api_gateway" {
  name        = "${var.name_prefix}-api-gateway-logs-${var.region}"
  description = "Lets API Gateway write its access logs"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "apigateway.amazonaws.com" }
    }]
  })
}

# AWS's own policy: API Gateway looks whether the role has exactly these permissions.
resource "aws_iam_role_policy_attachment" "api_gateway" {
  role       = aws_iam_role.api_gateway.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

# One for all APIs of the account in the region.
resource "aws_api_gateway_account" "this" {
  cloudwatch_role_arn = aws_iam_role.api_gateway.arn

  depends_on = [aws_iam_role_policy_attachment.api_gateway]
}

# --- what roles can never do -------------------------------------------------------------------

locals {
  deploy_roles = "arn:aws:iam::${var.account_id}:role/${var.name_prefix}-deploy-*"
  prefix_roles = "arn:aws:iam::${var.account_id}:role/${var.name_prefix}-*"

  table_data = [
    "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem",
    "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem",
  ]
}

# A function reads and writes items, logs and traces. No policy that anybody gives its role lets it
# change infrastructure, or roles, or use another service.
resource "aws_iam_policy" "function_boundary" {
  name        = var.function_boundary_name
  description = "What no function's role can go beyond"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Items"
        Effect   = "Allow"
        Action   = local.table_data
        Resource = ["arn:aws:dynamodb:${var.region}:${var.account_id}:table/*"]
      },
      {
        Sid      = "Logs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:aws:logs:${var.region}:${var.account_id}:log-group:/aws/lambda/${var.name_prefix}-*"]
      },
      {
        Sid      = "Traces"
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = ["*"]
      },
    ]
  })
}

# A deploy role's own policy is narrower. This is for the day when it is not: whatever it becomes, no
# deployment reads data, makes itself more powerful, or makes a role that is.
resource "aws_iam_policy" "deploy_boundary" {
  name        = "${var.name_prefix}-deploy-boundary"
  description = "What no deploy role can go beyond"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Services"
        Effect = "Allow"
        Action = [
          "apigateway:*", "cloudwatch:*", "dynamodb:*", "lambda:*", "logs:*", "s3:GetBucketLocation",
          "s3:GetObject", "s3:ListBucket", "s3:PutObject", "s3:DeleteObject", "sns:*",
        ]
        Resource = "*"
      },
      {
        Sid      = "Roles"
        Effect   = "Allow"
        Action   = ["iam:*Role*", "iam:ListInstanceProfilesForRole"]
        Resource = local.prefix_roles
      },
      {
        Sid      = "NoData"
        Effect   = "Deny"
        Action   = concat(local.table_data, ["dynamodb:PartiQL*", "dynamodb:ExportTableToPointInTime"])
        Resource = "*"
      },
      {
        Sid       = "NoRoleWithoutBoundary"
        Effect    = "Deny"
        Action    = ["iam:CreateRole", "iam:PutRolePermissionsBoundary"]
        Resource  = "*"
        Condition = { StringNotEquals = { "iam:PermissionsBoundary" = aws_iam_policy.function_boundary.arn } }
      },
      {
        Sid      = "NoWayOut"
        Effect   = "Deny"
        Action   = ["iam:AttachRolePolicy", "iam:DeleteRolePermissionsBoundary"]
        Resource = "*"
      },
      {
        Sid       = "RolesForLambdaOnly"
        Effect    = "Deny"
        Action    = ["iam:PassRole"]
        Resource  = "*"
        Condition = { StringNotEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
      },
      {
        # Itself, those of other services, and the account's own.
        Sid      = "NoOtherRoles"
        Effect   = "Deny"
        Action   = "iam:*"
        Resource = [local.deploy_roles, aws_iam_role.api_gateway.arn]
      },
      {
        Sid       = "OtherRegions"
        Effect    = "Deny"
        NotAction = ["iam:*"]
        Resource  = "*"
        Condition = { StringNotEquals = { "aws:RequestedRegion" = [var.region, "us-east-1"] } }
      },
    ]
  })
}

# --- who may deploy ----------------------------------------------------------------------------

# An account has one provider for each address. AWS knows GitHub's certificates itself, so that no
# thumbprint stands here and expires.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.github_oidc_provider_arn == null ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  github = coalesce(var.github_oidc_provider_arn, one(aws_iam_openid_connect_provider.github[*].arn))
}

module "deployer" {
  source   = "../../modules/deployer"
  for_each = var.services

  name                  = each.value.deploy_role
  account_id            = var.account_id
  region                = var.region
  repository            = each.value.repository
  environment           = each.value.environment
  resource_prefix       = each.value.resource_prefix
  table_names           = each.value.table_names
  state_bucket_arn      = module.state_bucket.arn
  state_key             = each.value.state_key
  artifact_bucket_arn   = module.artifact_bucket.arn
  oidc_provider_arn     = local.github
  deploy_boundary_arn   = aws_iam_policy.deploy_boundary.arn
  function_boundary_arn = aws_iam_policy.function_boundary.arn
}
