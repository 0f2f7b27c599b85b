# One Lambda function, and what it cannot be without: a role of its own, its log group, the alias
# that callers use.

locals {
  # `source_code_hash` is base64, digests are written in hexadecimal digits everywhere else, and
  # Terraform has no function from one to the other. Three digits are twelve bits, which are two
  # characters; the 64th digit is the last character, and one `=` fills up.
  base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  twelve_bits     = [for start in range(0, 63, 3) : parseint(substr(var.artifact.sha256, start, 3), 16)]
  base64_pairs = [
    for bits in local.twelve_bits :
    "${substr(local.base64_alphabet, floor(bits / 64), 1)}${substr(local.base64_alphabet, bits % 64, 1)}"
  ]
  last_character   = substr(local.base64_alphabet, parseint(substr(var.artifact.sha256, 63, 1), 16) * 4, 1)
  source_code_hash = "${join("", local.base64_pairs)}${local.last_character}="

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for statement in var.statements : merge(
        {
          Effect   = "Allow"
          Action   = statement.actions
          Resource = statement.resources
        },
        { for name, conditions in { Condition = statement.conditions } : name => conditions if length(conditions) > 0 },
      )
    ]
  })
}

# Made first, and by Terraform: a group that Lambda makes itself keeps its lines for ever, and the
# function's role need not be allowed to make one.
resource "aws_cloudwatch_log_group" "this" {
  name              = var.log_group
  retention_in_days = var.log_retention_days
}

resource "aws_iam_role" "this" {
  name                 = var.role
  description          = "What ${var.name} may do, and no other function"
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name   = "function"
  role   = aws_iam_role.this.name
  policy = local.policy

  lifecycle {
    precondition {
      # AWS counts without white space, which jsonencode leaves out.
      condition     = length(local.policy) <= 10240
      error_message = "TF_POLICY_TOO_LONG: the policy of ${var.role} has ${length(local.policy)} characters, IAM takes 10240. Fix: grant fewer tables to one function in service.ts, or split it."
    }
  }
}

# What somebody adds to the role by hand shows in the next plan, and is taken away by the next apply.
resource "aws_iam_role_policies_exclusive" "this" {
  role_name    = aws_iam_role.this.name
  policy_names = [aws_iam_role_policy.this.name]
}

resource "aws_iam_role_policy_attachments_exclusive" "this" {
  role_name   = aws_iam_role.this.name
  policy_arns = []
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  description   = var.description
  role          = aws_iam_role.this.arn

  s3_bucket        = var.artifact.bucket
  s3_key           = var.artifact.key
  source_code_hash = local.source_code_hash

  handler       = var.handler
  runtime       = var.runtime
  architectures = [var.architecture]

  # Each change of code or configuration becomes a version, which can be gone back to.
  publish = true

  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency

  ephemeral_storage {
    size = var.ephemeral_storage_mb
  }

  environment {
    variables = var.environment_variables
  }

  logging_config {
    log_format            = "JSON"
    log_group             = aws_cloudwatch_log_group.this.name
    application_log_level = var.application_log_level
    system_log_level      = var.system_log_level
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  # Without its permissions, the first invocations would fail; and it should lose them last.
  depends_on = [aws_iam_role_policy.this]
}

# Terraform owns that there is an alias; which version it is, is up to releases. A roll-back is a call
# to move it and takes a second, and no later apply may move it back.
resource "aws_lambda_alias" "this" {
  name             = var.alias
  description      = "What callers of ${var.name} get"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version

  lifecycle {
    ignore_changes = [function_version, routing_config]
  }
}
