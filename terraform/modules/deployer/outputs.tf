output "deploy_role_arn" {
  description = "What a workflow that deploys gives as role-to-assume."
  value       = module.deploy_role.arn
}

output "plan_role_arn" {
  description = "What a workflow that plans gives as role-to-assume."
  value       = module.plan_role.arn
}

output "deploy_policy" {
  description = "All that deploying may do."
  value       = module.deploy_role.policy
}

output "plan_policy" {
  description = "All that planning may do."
  value       = module.plan_role.policy
}
