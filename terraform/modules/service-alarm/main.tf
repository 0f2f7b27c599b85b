# One alarm over others: whether callers get their answers. Whoever is woken gets one message for an
# incident, with the alarms that noticed it, and one when all of them are quiet again.

resource "aws_cloudwatch_composite_alarm" "this" {
  count = 1

  alarm_name        = var.name
  alarm_description = var.description
  alarm_rule        = var.rule
  alarm_actions     = [var.topic_arn]
  ok_actions        = [var.topic_arn]
}
