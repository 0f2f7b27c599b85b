output "arn" {
  description = "The topic's ARN."
  value       = aws_sns_topic.this.arn

  # Who gets the ARN may publish at once.
  depends_on = [aws_sns_topic_policy.this]
}
