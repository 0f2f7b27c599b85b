output "role_arn" {
  description = "The role that access logs are written as."
  value       = aws_iam_role.this.arn
}
