output "name" {
  description = "The table's name."
  value       = local.table.name
}

output "arn" {
  description = "The table's ARN."
  value       = local.table.arn
}

output "kind" {
  description = "protected, disposable or existing."
  value       = local.kind
}
