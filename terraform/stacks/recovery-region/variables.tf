# What src/deploy/account-variables.ts gives is the same, which a test holds; require_tls is for whoever applies it.

variable "account_id" {
  description = "The only account that this may be applied to."
  type        = string

  validation {
    condition     = can(regex("^\\d{12}$", var.account_id))
    error_message = "TF_ACCOUNT: \"${var.account_id}\" is no account. Fix: twelve digits as accountId in service.ts."
  }
}

variable "region" {
  description = "The region that takes over."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-\\d$", var.region))
    error_message = "TF_REGION: \"${var.region}\" is no region. Fix: write it as eu-west-1 in service.ts."
  }
}

variable "tags" {
  description = "On everything that can have tags."
  type        = map(string)
}

variable "name_prefix" {
  description = "The organisation's short name: how the names of everything begin."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.name_prefix))
    error_message = "TF_NAME: \"${var.name_prefix}\" is not kebab-case. Fix: correct prefix in service.ts."
  }
}

variable "state_bucket" {
  description = "The bucket of the states of what stands by here, and of copies of the others."
  type        = string
}

variable "artifact_bucket" {
  description = "The bucket of artifacts, and of copies of releases and histories."
  type        = string
}

variable "alarm_key" {
  description = "The alias of the key that messages of alarms are encrypted with."
  type        = string
}

variable "backup_vaults" {
  description = "Where backups of services are copied to, by the names of the vaults."
  type = map(object({
    locked        = bool
    shortest_days = number
  }))
  default = {}
}

variable "require_tls" {
  description = "Buckets refuse whoever comes without TLS. Off for emulators only."
  type        = bool
  default     = true
}
