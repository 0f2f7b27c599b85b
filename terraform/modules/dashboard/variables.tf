variable "name" {
  description = "The dashboard's name."
  type        = string

  validation {
    condition     = can(regex("^[\\w-]{1,255}$", var.name))
    error_message = "TF_NAME: \"${var.name}\" is no name of a dashboard. Fix: 1 to 255 letters, digits, _ and -."
  }
}

variable "body" {
  description = "The widgets, as CloudWatch's PutDashboard takes them."
  type        = any

  validation {
    condition     = try(length(var.body.widgets) <= 500, false)
    error_message = "TF_DASHBOARD: the body has no list of widgets, or more than the 500 that a dashboard takes. Fix: lambdakit generate; split the service where it has that many parts."
  }
}
