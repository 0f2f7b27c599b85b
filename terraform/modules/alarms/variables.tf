variable "alarms" {
  description = "Alarms by name. Each fires above its threshold; without an expression it has one metric."
  type = map(object({
    description = string
    metrics = list(object({
      id         = string
      namespace  = string
      name       = string
      statistic  = string
      dimensions = map(string)
    }))
    expression     = optional(string)
    threshold      = number
    period_seconds = number
    periods        = number
  }))

  validation {
    condition     = alltrue([for name, alarm in var.alarms : length(name) <= 255])
    error_message = "TF_NAME: an alarm's name has 255 characters at most. Fix: shorten prefix, name or keys in service.ts."
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
  description = "The topic that is told of every alarm, and of its end."
  type        = string
}
