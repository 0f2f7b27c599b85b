# What an account needs in the region that takes over for another one. Roles, boundaries and GitHub's identity
# provider are the account's: stacks/account makes them once, for both regions.

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

# Where backups are copied to. Like the vaults that they come from, they are no service's to change.
module "backup_vault" {
  source   = "../../modules/backup-vault"
  for_each = var.backup_vaults

  name          = each.key
  locked        = each.value.locked
  shortest_days = each.value.shortest_days
}
