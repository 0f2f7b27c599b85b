output "arn" {
  description = "The role's ARN."
  value       = aws_iam_role.this.arn
}

output "policy" {
  description = "All that AWS Backup may do."
  value       = aws_iam_role_policy.this.policy
}
