output "role_arn" {
  description = "What the next environment's account reads releases as."
  value       = aws_iam_role.this.arn
}

output "trust" {
  description = "Who may take it on."
  value       = aws_iam_role.this.assume_role_policy
}

output "policy" {
  description = "All that it may do."
  value       = aws_iam_role_policy.this.policy
}
