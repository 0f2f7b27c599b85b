# Where backups are kept, encrypted with AWS's key for AWS Backup. AWS deletes no vault that has something in it, and
# nothing here empties one.

resource "aws_backup_vault" "this" {
  name = var.name
}

# In governance mode: who may take the lock off can delete backups. No role of a workflow may. In the other mode nobody
# ever could, whatever it costs, and a mistake in it stays for as long as its backups.
# https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html (2026-11-27)
resource "aws_backup_vault_lock_configuration" "this" {
  count = var.locked ? 1 : 0

  backup_vault_name  = aws_backup_vault.this.name
  min_retention_days = var.shortest_days
}
