variable "name" {
  description = "The topic's name."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,256}$", var.name))
    error_message = "TF_NAME: \"${var.name}\" is no name of a topic. Fix: 1 to 256 letters, digits, _ and -."
  }
}

variable "account_id" {
  description = "The account whose alarms may publish."
  type        = string

  validation {
    condition     = can(regex("^\\d{12}$", var.account_id))
    error_message = "TF_ACCOUNT: \"${var.account_id}\" is no account. Fix: twelve digits."
  }
}

variable "region" {
  description = "The region whose alarms may publish."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-\\d$", var.region))
    error_message = "TF_REGION: \"${var.region}\" is no region. Fix: write it as eu-west-1."
  }
}

variable "key" {
  description = "What messages are encrypted with: the alias of a key that CloudWatch may use."
  type        = string

  # Emulators take any key; AWS takes this one, too, and then no alarm ever reaches anybody.
  validation {
    condition     = var.key != "alias/aws/sns"
    error_message = "TF_ALARM_KEY: CloudWatch cannot publish with AWS's own key for SNS. Fix: the output alarm_key of stacks/account."
  }
}

variable "recipients" {
  description = "Who hears of what is published: mailto: and https: addresses."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.recipients : can(regex("^(mailto:[^\\s@]+@[^\\s@]+|https://\\S+)$", address))])
    error_message = "TF_NOTIFY: who hears of alarms is written as mailto:team@example.com or https://example.com/alarms. Fix: correct notify in service.ts."
  }
}
