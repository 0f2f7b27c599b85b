variable "name" {
  description = "The dashboard's name."
  type        = string

  validation {
    condition     = can(regex("^[\\w-]{1,255}$", var.name))
    error_message = "TF_NAME: \"${var.name}\" is no name of a dashboard. Fix: 1 to 255 letters, digits, _ and -."
  }
}

variable "region" {
  description = "Where the metrics are."
  type        = string
}

variable "functions" {
  description = "The functions' names, by any key."
  type        = map(string)
}

variable "api" {
  description = "The API's name and stage; null where there is none."
  type        = object({ name = string, stage = string })
  default     = null
}

variable "tables" {
  description = "The tables' names, by any key."
  type        = map(string)
  default     = {}
}

variable "alarm_arns" {
  description = "The alarms' ARNs, by any key. A dashboard shows 100 at most."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(var.alarm_arns) <= 100
    error_message = "TF_DASHBOARD: ${length(var.alarm_arns)} alarms; a dashboard shows 100. Fix: split the service, it has over 30 functions."
  }
}
