# One page that answers, from top to bottom: do callers get answers, which function is it, which table.

locals {
  function_names = sort(values(var.functions))
  table_names    = sort(values(var.tables))

  api_widgets = flatten([
    for api in var.api[*] : [
      {
        title   = "Requests"
        stat    = "Sum"
        metrics = [for name in ["Count", "4XXError", "5XXError"] : ["AWS/ApiGateway", name, "ApiName", api.name, "Stage", api.stage]]
      },
      {
        title = "Latency, ms"
        stat  = "p99"
        metrics = [
          ["AWS/ApiGateway", "Latency", "ApiName", api.name, "Stage", api.stage, { stat = "p50", label = "p50" }],
          ["AWS/ApiGateway", "Latency", "ApiName", api.name, "Stage", api.stage, { stat = "p99", label = "p99" }],
          ["AWS/ApiGateway", "IntegrationLatency", "ApiName", api.name, "Stage", api.stage, { stat = "p99", label = "p99 of functions" }],
        ]
      },
    ]
  ])

  function_widgets = [
    for widget in [
      { title = "Invocations", name = "Invocations", stat = "Sum" },
      { title = "Errors", name = "Errors", stat = "Sum" },
      { title = "Duration, ms (p99)", name = "Duration", stat = "p99" },
      { title = "Throttles", name = "Throttles", stat = "Sum" },
      { title = "Concurrent executions", name = "ConcurrentExecutions", stat = "Maximum" },
      ] : {
      title   = widget.title
      stat    = widget.stat
      metrics = [for name in local.function_names : ["AWS/Lambda", widget.name, "FunctionName", name]]
    }
  ]

  # By table here, and by operation in the alarms: DynamoDB reports capacity and throttled reads and
  # writes for a table, everything else for its operations.
  table_widgets = flatten([
    for name in local.table_names : [
      {
        title   = "${name}: capacity units"
        stat    = "Sum"
        metrics = [for metric in ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"] : ["AWS/DynamoDB", metric, "TableName", name]]
      },
      {
        title   = "${name}: throttled"
        stat    = "Sum"
        metrics = [for metric in ["ReadThrottleEvents", "WriteThrottleEvents"] : ["AWS/DynamoDB", metric, "TableName", name]]
      },
    ]
  ])

  widgets = concat(local.api_widgets, local.function_widgets, local.table_widgets)

  alarm_rows = length(var.alarm_arns) == 0 ? 0 : 3
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  # Three in a row on a page of 24 columns, below the alarms.
  dashboard_body = jsonencode({
    widgets = concat(
      [
        for arns in length(var.alarm_arns) == 0 ? [] : [sort(values(var.alarm_arns))] : {
          type       = "alarm"
          x          = 0
          y          = 0
          width      = 24
          height     = local.alarm_rows
          properties = { title = "Alarms", alarms = arns }
        }
      ],
      [
        for position, widget in local.widgets : {
          type   = "metric"
          x      = position % 3 * 8
          y      = local.alarm_rows + floor(position / 3) * 6
          width  = 8
          height = 6
          properties = {
            title   = widget.title
            view    = "timeSeries"
            region  = var.region
            stat    = widget.stat
            period  = 60
            metrics = widget.metrics
          }
        }
      ],
    )
  })
}
