# What an account needs before the first service, applied once by an administrator: where state and
# artifacts lie, who may do what (roles.tf), and what roles can never do (boundaries.tf).
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
