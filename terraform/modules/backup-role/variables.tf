variable "name" {
  description = "The role's name."
  type        = string
}

variable "account_id" {
  description = "The account."
  type        = string
}

variable "regions" {
  description = "The regions of the vaults: the environment's, and the one that is copied to."
  type        = list(string)
}

variable "vault" {
  description = "The name of the vaults."
  type        = string
}

variable "table_names" {
  description = "The service's own tables, and the form of the names of those that are restored beside them."
  type        = list(string)

  validation {
    condition     = length(var.table_names) > 0 && alltrue([for name in var.table_names : can(regex("^[\\w.-]{3,255}(-restored-[?]{8}-[?]{6})?$", name))])
    error_message = "TF_NAME: tables are named in full, without a star, or as restores name them. Fix: 3 to 255 letters, digits, _ - and ., and -restored-????????-?????? behind."
  }
}
