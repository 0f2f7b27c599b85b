output "name" {
  description = "The alarm's name."
  value       = var.name
}

output "arn" {
  description = "The alarm's ARN; null in an emulator that has no such alarms."
  value       = one(aws_cloudwatch_composite_alarm.this[*].arn)
}
