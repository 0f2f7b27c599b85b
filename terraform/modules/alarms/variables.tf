variable "alarms" {
  description = "Alarms by name. Without an expression it has one metric."
  type = map(object({
    description = string
    metrics = list(object({
      id         = string
      namespace  = string
      name       = string
      statistic  = string
      dimensions = map(string)
    }))
    expression          = optional(string)
    comparison          = string
    threshold           = number
    period_seconds      = number
    periods             = number
    datapoints_to_alarm = number
    missing_data        = string
    severity            = string
  }))

  validation {
    condition     = alltrue([for name, alarm in var.alarms : length(name) <= 255])
    error_message = "TF_NAME: an alarm's name has 255 characters at most. Fix: shorten prefix, name or keys in service.ts."
  }

  validation {
    condition     = alltrue([for name, alarm in var.alarms : length(alarm.description) <= 1024])
    error_message = "TF_DESCRIPTION: an alarm's description has 1024 characters at most. Fix: shorten folder or repository in service.ts."
  }

  validation {
    condition     = alltrue([for name, alarm in var.alarms : contains(["page", "ticket"], alarm.severity)])
    error_message = "TF_SEVERITY: an alarm is a page or a ticket. Fix: lambdakit generate."
  }

  validation {
    condition = alltrue([
      for name, alarm in var.alarms : alarm.datapoints_to_alarm >= 1 && alarm.datapoints_to_alarm <= alarm.periods
    ])
    error_message = "TF_ALARM_PERIOD: as many bad periods as are looked at, or fewer, and at least one. Fix: lambdakit generate."
  }

  # AWS looks at one day, or at seven where a period is an hour or more.
  # https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (2026-11-27)
  validation {
    condition = alltrue([
      for name, alarm in var.alarms : alarm.period_seconds * alarm.periods <= (alarm.period_seconds < 3600 ? 86400 : 604800)
    ])
    error_message = "TF_ALARM_PERIOD: an alarm looks at one day at most, or at seven with periods of an hour. Fix: lambdakit generate."
  }

  # AWS takes ten metrics in one alarm, an emulator any number.
  validation {
    condition = alltrue([
      for name, alarm in var.alarms :
      alarm.expression == null ? length(alarm.metrics) == 1 : length(alarm.metrics) >= 1 && length(alarm.metrics) <= 10
    ])
    error_message = "TF_ALARM_METRICS: an alarm has one metric, or an expression over 1 to 10. Fix: lambdakit generate."
  }

  validation {
    condition = alltrue(flatten([
      for name, alarm in var.alarms : [
        for metric in alarm.metrics : can(regex("^[a-z][a-zA-Z0-9_]*$", metric.id)) && metric.id != "result"
      ]
    ]))
    error_message = "TF_ALARM_METRICS: a metric's id begins with a small letter, and is not \"result\". Fix: lambdakit generate."
  }

  validation {
    condition     = alltrue([for name, alarm in var.alarms : contains([10, 30], alarm.period_seconds) || alarm.period_seconds % 60 == 0])
    error_message = "TF_ALARM_PERIOD: a period is 10, 30 or a multiple of 60 seconds. Fix: lambdakit generate."
  }
}

variable "topic_arn" {
  description = "The topic that is told of every alarm that is a ticket, and of its end."
  type        = string
}
