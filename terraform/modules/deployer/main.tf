# The role that one repository's workflows deploy one service with, in one environment.
#
# Its policy says what deploying needs; its boundary says what it could never have, whatever its
# policy becomes. It is allowed for the resource types of stacks/service, on names of the service.

locals {
  role_arn_prefix = "arn:aws:iam::${var.account_id}:role/${var.resource_prefix}-*"
  lambda          = "arn:aws:lambda:${var.region}:${var.account_id}"
  logs            = "arn:aws:logs:${var.region}:${var.account_id}:log-group"
  log_groups      = ["${local.logs}:/aws/lambda/${var.resource_prefix}-*", "${local.logs}:/aws/apigateway/${var.resource_prefix}-*"]
  api_gateway     = "arn:aws:apigateway:${var.region}::"

  statements = [
    {
      Sid      = "State"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
      Resource = ["${var.state_bucket_arn}/${var.state_key}", "${var.state_bucket_arn}/${var.state_key}.tflock"]
    },
    {
      # Uploaded once, by content; no release is ever deleted or replaced by a deployment.
      Sid      = "Artifacts"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = ["${var.artifact_bucket_arn}/artifacts/*"]
    },
    {
      Sid      = "Buckets"
      Action   = ["s3:ListBucket", "s3:GetBucketLocation"]
      Resource = [var.state_bucket_arn, var.artifact_bucket_arn]
    },
    {
      Sid = "Functions"
      Action = [
        "lambda:AddPermission", "lambda:CreateAlias", "lambda:CreateFunction", "lambda:DeleteAlias",
        "lambda:DeleteFunction", "lambda:DeleteFunctionConcurrency", "lambda:Get*", "lambda:List*",
        "lambda:PublishVersion", "lambda:PutFunctionConcurrency", "lambda:RemovePermission",
        "lambda:TagResource", "lambda:UntagResource", "lambda:UpdateAlias",
        "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration",
      ]
      Resource = ["${local.lambda}:function:${var.resource_prefix}-*"]
    },
    {
      # A role without the boundary could be given everything, and the function with it.
      Sid       = "NewRoles"
      Action    = ["iam:CreateRole"]
      Resource  = [local.role_arn_prefix]
      Condition = { StringEquals = { "iam:PermissionsBoundary" = var.function_boundary_arn } }
    },
    {
      Sid = "Roles"
      Action = [
        "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:GetRole",
        "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies", "iam:PutRolePolicy", "iam:TagRole", "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy", "iam:UpdateRoleDescription",
      ]
      Resource = [local.role_arn_prefix]
    },
    {
      Sid       = "RolesForLambda"
      Action    = ["iam:PassRole"]
      Resource  = [local.role_arn_prefix]
      Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
    },
    {
      # APIs are named by ids that AWS gives: there is no prefix to hold them to.
      Sid    = "Apis"
      Action = ["apigateway:DELETE", "apigateway:GET", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT"]
      Resource = [
        "${local.api_gateway}/restapis", "${local.api_gateway}/restapis/*", "${local.api_gateway}/tags/*",
      ]
    },
    {
      Sid = "LogGroups"
      Action = [
        "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy", "logs:ListTagsForResource",
        "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource",
      ]
      Resource = concat(local.log_groups, [for group in local.log_groups : "${group}:*"])
    },
    {
      Sid = "AlarmsAndDashboards"
      Action = [
        "cloudwatch:DeleteAlarms", "cloudwatch:DeleteDashboards", "cloudwatch:GetDashboard",
        "cloudwatch:ListTagsForResource", "cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource", "cloudwatch:UntagResource",
      ]
      Resource = [
        "arn:aws:cloudwatch:${var.region}:${var.account_id}:alarm:${var.resource_prefix}-*",
        "arn:aws:cloudwatch::${var.account_id}:dashboard/${var.resource_prefix}-*",
      ]
    },
    {
      Sid = "Topics"
      Action = [
        "sns:CreateTopic", "sns:DeleteTopic", "sns:GetTopicAttributes", "sns:ListTagsForResource",
        "sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource",
      ]
      Resource = ["arn:aws:sns:${var.region}:${var.account_id}:${var.resource_prefix}-*"]
    },
    {
      # These list, and know no resources.
      Sid      = "Lists"
      Action   = ["cloudwatch:DescribeAlarms", "logs:DescribeLogGroups"]
      Resource = ["*"]
    },
  ]

  # Without the permission to read or write an item: deploying needs none.
  tables = [
    for names in length(var.table_names) == 0 ? [] : [var.table_names] : {
      Sid = "Tables"
      Action = [
        "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive", "dynamodb:ListTagsOfResource",
        "dynamodb:TagResource", "dynamodb:UntagResource", "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive",
      ]
      Resource = [for name in names : "arn:aws:dynamodb:${var.region}:${var.account_id}:table/${name}"]
    }
  ]
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "Deploys ${var.resource_prefix} from ${var.repository}, environment ${var.environment}"
  permissions_boundary = var.deploy_boundary_arn
  max_session_duration = 3600

  # One repository, in one of its GitHub environments: whose reviewers have let the job through. A
  # wildcard here would let every branch of every repository deploy.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = var.oidc_provider_arn }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:${var.repository}:environment:${var.environment}"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "deploy"
  role = aws_iam_role.this.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in concat(local.statements, local.tables) : merge({ Effect = "Allow" }, statement)]
  })
}
