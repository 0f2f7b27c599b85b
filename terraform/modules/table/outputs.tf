output "name" {
  description = "The table's name."
  value       = local.table.name
}

output "arn" {
  description = "The table's ARN."
  value       = local.table.arn
}

output "replica_regions" {
  description = "The regions that have a replica."
  value       = local.replica_regions
}

output "kind" {
  description = "protected, disposable or existing."
  value       = local.kind
}
