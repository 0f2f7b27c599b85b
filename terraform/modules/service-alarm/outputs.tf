output "arns" {
  description = "The alarm's ARN by its name; nothing in an emulator that has no such alarms."
  value       = { for alarm in aws_cloudwatch_composite_alarm.this : alarm.alarm_name => alarm.arn }
}
