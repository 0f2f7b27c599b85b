variable "name" {
  description = "The vault's name."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{2,50}$", var.name))
    error_message = "TF_NAME: \"${var.name}\" is no name of a vault. Fix: 2 to 50 letters, digits, _ and -; a shorter prefix or name in service.ts."
  }
}

variable "locked" {
  description = "Whether nobody deletes a backup before its time."
  type        = bool
}

variable "shortest_days" {
  description = "For how many days a backup is kept at least: a locked vault takes no other."
  type        = number

  validation {
    condition     = var.shortest_days >= 1
    error_message = "TF_RETENTION: a backup is kept for a day at least, not ${var.shortest_days}. Fix: retentionDays in service.ts."
  }
}
