output "state_bucket" {
  description = "The bucket of Terraform's states."
  value       = module.state_bucket.name
}

output "artifact_bucket" {
  description = "The bucket of artifacts."
  value       = module.artifact_bucket.name
}

output "alarm_key" {
  description = "The alias of the key that messages of alarms are encrypted with."
  value       = module.alarm_key.alias
}

output "backup_vault_arns" {
  description = "Where backups are copied to, by the names of the vaults."
  value       = { for name, vault in module.backup_vault : name => vault.arn }
}

output "backup_vaults" {
  description = "Where backups are copied to. Whoever adds a service gives these again, or they are gone."
  value       = var.backup_vaults
}
