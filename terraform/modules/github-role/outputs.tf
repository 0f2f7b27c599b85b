output "arn" {
  description = "What a workflow gives as role-to-assume."
  value       = aws_iam_role.this.arn
}

output "trust" {
  description = "Who may take it on."
  value       = aws_iam_role.this.assume_role_policy
}

output "policies" {
  description = "All that it may do, by what it is done to."
  value       = { for part, policy in aws_iam_policy.this : part => policy.policy }
}

output "boundary_arn" {
  description = "What it cannot go beyond."
  value       = aws_iam_role.this.permissions_boundary
}
