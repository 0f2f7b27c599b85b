output "arn" {
  description = "The vault's ARN."
  value       = aws_backup_vault.this.arn
}

output "locked" {
  description = "Whether it is locked."
  value       = length(aws_backup_vault_lock_configuration.this) > 0
}
