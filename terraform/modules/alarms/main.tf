# Alarms, each over one metric or an expression of several. What they are is derived; here stands
# only what is the same for all of them.

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = var.alarms

  alarm_name        = each.key
  alarm_description = each.value.description

  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.datapoints_to_alarm
  treat_missing_data  = each.value.missing_data

  # Those that wake somebody do it through the service's alarm: one message for an incident, however many
  # of them notice it.
  alarm_actions = each.value.severity == "ticket" ? [var.topic_arn] : []
  ok_actions    = each.value.severity == "ticket" ? [var.topic_arn] : []

  dynamic "metric_query" {
    for_each = { for metric in each.value.metrics : metric.id => metric }
    content {
      id          = metric_query.key
      return_data = each.value.expression == null

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.name
        stat        = metric_query.value.statistic
        period      = each.value.period_seconds
        dimensions  = metric_query.value.dimensions
      }
    }
  }

  dynamic "metric_query" {
    for_each = each.value.expression[*]
    content {
      id          = "result"
      label       = each.key
      expression  = metric_query.value
      return_data = true
    }
  }

  lifecycle {
    # CloudWatch deletes no alarm that another looks at: that one is changed before this one goes.
    create_before_destroy = true
  }
}
