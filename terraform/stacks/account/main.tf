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

module "api_gateway_logs" {
  source = "../../modules/api-gateway-logs"

  role = "${var.name_prefix}-api-gateway-logs-${var.region}"
}

moved {
  from = aws_iam_role.api_gateway
  to   = module.api_gateway_logs.aws_iam_role.this
}

moved {
  from = aws_iam_role_policy_attachment.api_gateway
  to   = module.api_gateway_logs.aws_iam_role_policy_attachment.this
}

moved {
  from = aws_api_gateway_account.this
  to   = module.api_gateway_logs.aws_api_gateway_account.this
}

# --- the regions that take over ----------------------------------------------------------------

locals {
  standbys = distinct([
    for standby in values(var.services)[*].standby : {
      region          = standby.region
      state_bucket    = standby.state_bucket
      artifact_bucket = standby.artifact_bucket
    } if standby != null
  ])
  regions = distinct(concat([var.region], local.standbys[*].region))
}

# What has to be there when this region is not: stacks/recovery-region has made the buckets.
module "replication" {
  source = "../../modules/replication"
  count  = length(local.standbys) == 0 ? 0 : 1

  role       = "${var.name_prefix}-replication-${var.region}"
  account_id = var.account_id
  region     = var.region
  buckets = {
    (var.state_bucket)    = [for one in local.standbys : { bucket = one.state_bucket, region = one.region }]
    (var.artifact_bucket) = [for one in local.standbys : { bucket = one.artifact_bucket, region = one.region }]
  }

  # S3 copies only from and to what keeps versions.
  depends_on = [module.state_bucket, module.artifact_bucket]
}
