# Where the tables of services are backed up to, and as whom. It is here and not in stacks/service, so that backups
# outlive whatever a deployment does: its role may change a schedule, and neither a vault nor what is in it.
# Where copies go is in stacks/recovery-region.

locals {
  backups = { for key, service in var.services : key => service if service.backups != null }
}

module "backup_vault" {
  source   = "../../modules/backup-vault"
  for_each = local.backups

  name          = each.value.backups.vault
  locked        = each.value.backups.locked
  shortest_days = each.value.backups.shortest_days
}

module "backup_role" {
  source   = "../../modules/backup-role"
  for_each = local.backups

  name        = each.value.backups.role
  account_id  = var.account_id
  regions     = concat([var.region], each.value.backups.copy_region[*])
  vault       = each.value.backups.vault
  table_names = each.value.table_names
}
