# What roles can never do, whatever their policies become. A policy of theirs is narrower: this is for the
# day when it is not.

locals {
  roles            = "arn:aws:iam::${var.account_id}:role/${var.name_prefix}"
  account_roles    = [for kind in ["deploy", "plan", "releases"] : "${local.roles}-${kind}-*"]
  replication_role = "arn:aws:iam::${var.account_id}:role/aws-service-role/replication.dynamodb.amazonaws.com/*"
  releases_roles   = "arn:aws:iam::*:role/${var.name_prefix}-releases-*"
  artifacts        = concat(["${module.artifact_bucket.arn}/*"], [for standby in local.standbys : "arn:aws:s3:::${standby.artifact_bucket}/*"])
  locks            = concat(["${module.state_bucket.arn}/*.tflock"], [for standby in local.standbys : "arn:aws:s3:::${standby.state_bucket}/*.tflock"])

  table_data = [
    "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem",
    "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem",
  ]

  # What is in the buckets is encrypted with AWS's own key for S3.
  through_s3 = {
    Sid       = "Encryption"
    Effect    = "Allow"
    Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource  = [for region in local.regions : "arn:aws:kms:${region}:${var.account_id}:key/*"]
    Condition = { StringEquals = { "kms:ViaService" = [for region in local.regions : "s3.${region}.amazonaws.com"] } }
  }

  # The only way out of the account, and it only reads.
  previous_releases = {
    Sid      = "PreviousReleases"
    Effect   = "Allow"
    Action   = "sts:AssumeRole"
    Resource = local.releases_roles
  }
}

# A function reads and writes items, logs and traces, and reads secrets. No policy that anybody gives its role lets it
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
        Resource = [for region in local.regions : "arn:aws:dynamodb:${region}:${var.account_id}:table/*"]
      },
      {
        Sid      = "Logs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [for region in local.regions : "arn:aws:logs:${region}:${var.account_id}:log-group:/aws/lambda/${var.name_prefix}-*"]
      },
      {
        # Its own policy names each secret that it reads.
        Sid    = "Secrets"
        Effect = "Allow"
        Action = ["ssm:GetParameter", "secretsmanager:GetSecretValue"]
        Resource = flatten([
          for region in local.regions : [
            "arn:aws:ssm:${region}:${var.account_id}:parameter/${var.name_prefix}/*",
            "arn:aws:secretsmanager:${region}:${var.account_id}:secret:/${var.name_prefix}/*",
          ]
        ])
      },
      {
        Sid      = "SecretsDecrypted"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [for region in local.regions : "arn:aws:kms:${region}:${var.account_id}:key/*"]
        Condition = {
          StringEquals = { "kms:ViaService" = [for region in local.regions : "ssm.${region}.amazonaws.com"] }
          StringLike = {
            "kms:EncryptionContext:PARAMETER_ARN" = [
              for region in local.regions : "arn:aws:ssm:${region}:${var.account_id}:parameter/${var.name_prefix}/*"
            ]
          }
        }
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

# No deployment reads data, replaces a record, makes itself more powerful, or makes a role that is.
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
          "acm:*", "apigateway:*", "cloudwatch:*", "dynamodb:*", "lambda:*", "logs:*", "route53:*", "s3:GetBucketLocation",
          "s3:GetObject", "s3:ListBucket", "s3:PutObject", "s3:DeleteObject", "secretsmanager:ListSecrets",
          "sns:*", "ssm:DescribeParameters",
        ]
        Resource = "*"
      },
      {
        Sid      = "Roles"
        Effect   = "Allow"
        Action   = ["iam:*Role*", "iam:ListInstanceProfilesForRole"]
        Resource = "${local.roles}-*"
      },
      {
        # What replicates tables, which DynamoDB has once in an account.
        Sid      = "Replication"
        Effect   = "Allow"
        Action   = ["iam:CreateServiceLinkedRole"]
        Resource = local.replication_role
      },
      local.through_s3,
      local.previous_releases,
      {
        Sid      = "NoData"
        Effect   = "Deny"
        Action   = concat(local.table_data, ["dynamodb:PartiQL*", "dynamodb:ExportTableToPointInTime"])
        Resource = "*"
        # DynamoDB itself has to read and write, on behalf of whoever makes a replica.
        Condition = { BoolIfExists = { "aws:ViaAWSService" = "false" } }
      },
      {
        Sid       = "NothingIsReplaced"
        Effect    = "Deny"
        Action    = "s3:PutObject"
        Resource  = local.artifacts
        Condition = { Null = { "s3:if-none-match" = "true" } }
      },
      {
        Sid      = "NothingIsDeleted"
        Effect   = "Deny"
        Action   = "s3:DeleteObject*"
        Resource = local.artifacts
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
        Resource = concat(local.account_roles, ["${local.roles}-api-gateway-logs-*", "${local.roles}-replication-*"])
      },
      {
        Sid       = "OtherRegions"
        Effect    = "Deny"
        NotAction = ["iam:*"]
        Resource  = "*"
        Condition = { StringNotEquals = { "aws:RequestedRegion" = concat(local.regions, ["us-east-1"]) } }
      },
    ]
  })
}

# Planning and reading releases change nothing but the lock of a state, and see no items and no log lines.
resource "aws_iam_policy" "read_boundary" {
  name        = "${var.name_prefix}-read-boundary"
  description = "What no role that only reads can go beyond"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Reading"
        Effect = "Allow"
        Action = [
          "acm:Describe*", "acm:List*", "apigateway:GET", "cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*", "dynamodb:Describe*",
          "dynamodb:List*", "iam:Get*", "iam:List*", "lambda:Get*", "lambda:List*", "logs:Describe*", "logs:List*",
          "route53:Get*", "route53:List*", "s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket", "secretsmanager:ListSecrets", "sns:Get*",
          "sns:List*", "ssm:DescribeParameters",
        ]
        Resource = "*"
      },
      {
        Sid      = "Locks"
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:DeleteObject"]
        Resource = local.locks
      },
      local.through_s3,
      local.previous_releases,
    ]
  })
}
