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

output "deploy_role_arns" {
  description = "What a service's workflows give as role-to-assume, by the service's name."
  value       = { for service, deployer in module.deployer : service => deployer.role_arn }
}

output "github_oidc_provider_arn" {
  description = "GitHub's identity provider in this account."
  value       = local.github
}

output "services" {
  description = "Who may deploy what. Whoever adds a service gives these again, or they are gone."
  value       = var.services
}
