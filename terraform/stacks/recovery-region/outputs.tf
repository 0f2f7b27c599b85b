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
