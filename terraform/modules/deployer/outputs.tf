output "deploy_role_arn" {
  description = "What a workflow that deploys gives as role-to-assume."
  value       = module.deploy_role.arn
}

output "plan_role_arn" {
  description = "What a workflow that plans gives as role-to-assume."
  value       = module.plan_role.arn
}

output "deploy_statements" {
  description = "All that deploying may do, whichever policy says it."
  value       = flatten([for policy in module.deploy_role.policies : jsondecode(policy).Statement])
}

output "plan_statements" {
  description = "All that planning may do, whichever policy says it."
  value       = flatten([for policy in module.plan_role.policies : jsondecode(policy).Statement])
}
