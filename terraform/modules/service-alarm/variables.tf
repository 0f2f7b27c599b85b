variable "name" {
  description = "The alarm's name."
  type        = string

  validation {
    condition     = length(var.name) <= 255
    error_message = "TF_NAME: an alarm's name has 255 characters at most. Fix: shorten prefix or name in service.ts."
  }
}

variable "description" {
  description = "What it is about."
  type        = string

  validation {
    condition     = length(var.description) <= 1024
    error_message = "TF_DESCRIPTION: an alarm's description has 1024 characters at most. Fix: shorten folder or repository in service.ts."
  }
}

variable "rule" {
  description = "Which states of which alarms make it fire."
  type        = string

  # https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (2026-11-27)
  validation {
    condition     = length(var.rule) <= 10240 && length(regexall("(?:ALARM|OK|INSUFFICIENT_DATA)\\(", var.rule)) <= 100
    error_message = "TF_ALARM_RULE: a composite alarm looks at 100 alarms, in 10240 characters. Fix: split the service, it has too many functions."
  }
}

variable "topic_arn" {
  description = "The topic that is told of it, and of its end."
  type        = string
}
