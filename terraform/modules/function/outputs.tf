output "name" {
  description = "The function's name."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "The function's ARN, without a version."
  value       = aws_lambda_function.this.arn
}

output "version" {
  description = "The version that the last apply published. Callers get it when a release moves the alias."
  value       = aws_lambda_function.this.version
}

output "alias" {
  description = "The alias's name."
  value       = aws_lambda_alias.this.name
}

output "alias_arn" {
  description = "The alias's ARN: what callers invoke."
  value       = aws_lambda_alias.this.arn
}

output "role_name" {
  description = "The name of the function's own role."
  value       = aws_iam_role.this.name
}

output "role_arn" {
  description = "The ARN of the function's own role."
  value       = aws_iam_role.this.arn
}

output "log_group" {
  description = "The name of the function's log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "code_sha256" {
  description = "The digest of the zip as Lambda states it, in base64."
  value       = aws_lambda_function.this.source_code_hash
}

output "policy" {
  description = "All that the role allows, as JSON."
  value       = aws_iam_role_policy.this.policy
}
