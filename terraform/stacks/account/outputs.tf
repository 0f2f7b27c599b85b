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

output "function_boundary_arn" {
  description = "What every function's role has as its permissions boundary."
  value       = aws_iam_policy.function_boundary.arn
}

output "deploy_boundary_arn" {
  description = "What every deploy role has as its permissions boundary."
  value       = aws_iam_policy.deploy_boundary.arn
}

output "read_boundary_arn" {
  description = "What every role that only reads has as its permissions boundary."
  value       = aws_iam_policy.read_boundary.arn
}

output "deploy_role_arns" {
  description = "What workflows that deploy give as role-to-assume, by the names of service and environment."
  value       = { for key, deployer in module.deployer : key => deployer.deploy_role_arn }
}

output "plan_role_arns" {
  description = "What workflows that plan give as role-to-assume, by the names of service and environment."
  value       = { for key, deployer in module.deployer : key => deployer.plan_role_arn }
}

output "backup_vault_arns" {
  description = "Where tables are backed up to, by the names of service and environment."
  value       = { for key, vault in module.backup_vault : key => vault.arn }
}

output "releases_role_arns" {
  description = "What the next environment's account reads releases as, by the names of service and environment."
  value       = { for key, reader in module.releases_reader : key => reader.role_arn }
}

output "github_oidc_provider_arn" {
  description = "GitHub's identity provider in this account."
  value       = local.github
}

output "services" {
  description = "Who may do what. Whoever adds a service gives these again, or they are gone."
  value       = var.services
}
