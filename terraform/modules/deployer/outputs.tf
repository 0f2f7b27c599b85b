output "role_arn" {
  description = "What a workflow gives as role-to-assume."
  value       = aws_iam_role.this.arn
}

output "policy" {
  description = "All that the role may do."
  value       = aws_iam_role_policy.this.policy
}
