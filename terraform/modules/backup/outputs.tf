output "plan" {
  description = "The name of the plan."
  value       = aws_backup_plan.this.name
}

output "table_arns" {
  description = "The tables that are copied."
  value       = var.table_arns
}
