variable "alias" {
  description = "The key's alias, such as alias/bbws-alarms."
  type        = string

  validation {
    condition     = can(regex("^alias/[\\w/-]{1,250}$", var.alias)) && !startswith(var.alias, "alias/aws/")
    error_message = "TF_ALARM_KEY: \"${var.alias}\" is no alias for a key of ours. Fix: alias/ and letters, digits, _ and -."
  }
}

variable "account_id" {
  description = "The account whose alarms are encrypted."
  type        = string

  validation {
    condition     = can(regex("^\\d{12}$", var.account_id))
    error_message = "TF_ACCOUNT: \"${var.account_id}\" is no account. Fix: twelve digits."
  }
}
