output "arns" {
  description = "The alarms' ARNs by name."
  value       = { for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.arn }
}
