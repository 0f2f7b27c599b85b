# Alarms, each over one metric or an expression of several. What they are is derived; here stands
# only what is the same for all of them.

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = var.alarms

  alarm_name        = each.key
  alarm_description = each.value.description

  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = each.value.periods

  # Lambda, API Gateway and DynamoDB report what happens, and nothing when nothing does. A quiet night
  # is no failure: no figure counts as a good one. With "missing", every alarm would change to
  # INSUFFICIENT_DATA each evening; with "breaching", a service without callers would wake somebody.
  # That callers are missing who should be there is no alarm of this kind.
  treat_missing_data = "notBreaching"

  alarm_actions = [var.topic_arn]
  # Whoever was woken wants to know that it is over.
  ok_actions = [var.topic_arn]

  dynamic "metric_query" {
    for_each = { for metric in each.value.metrics : metric.id => metric }
    content {
      id          = metric_query.key
      return_data = each.value.expression == null

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.name
        # Percentiles are computed from few requests, too: a slow night is slow.
        stat       = metric_query.value.statistic
        period     = each.value.period_seconds
        dimensions = metric_query.value.dimensions
      }
    }
  }

  dynamic "metric_query" {
    for_each = each.value.expression[*]
    content {
      id          = "result"
      label       = each.value.description
      expression  = metric_query.value
      return_data = true
    }
  }
}
