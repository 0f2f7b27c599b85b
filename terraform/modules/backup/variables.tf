variable "name" {
  description = "The name of the plan."
  type        = string

  # https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html (2026-11-27)
  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{2,50}$", var.name))
    error_message = "TF_NAME: \"${var.name}\" is no name of a backup plan. Fix: 2 to 50 letters, digits, _ and -; a shorter prefix or name in service.ts."
  }
}

variable "account_id" {
  description = "The account of tables, vaults and the role."
  type        = string
}

variable "vault" {
  description = "The vault that backups go to."
  type        = string
}

variable "role" {
  description = "The name of the role that AWS Backup has."
  type        = string
}

variable "table_arns" {
  description = "The tables, by their ARNs."
  type        = list(string)

  validation {
    condition     = length(var.table_arns) > 0 && alltrue([for arn in var.table_arns : !strcontains(arn, "*")])
    error_message = "TF_TABLES: tables are named in full, and there is at least one. Fix: lambdakit generate."
  }
}

variable "schedule" {
  description = "When backups are made that are kept for days, in AWS's form, in UTC."
  type        = string

  # Terraform takes any text, and AWS refuses it in the middle of an apply.
  validation {
    condition     = can(regex("^cron\\((?:\\d+ [\\d*/,-]+) [?*] \\* [?*] \\*\\)$", var.schedule))
    error_message = "TF_SCHEDULE: \"${var.schedule}\" is no schedule of at most once an hour. Fix: lambdakit generate."
  }
}

variable "recent_days" {
  description = "For how many days those are kept."
  type        = number

  validation {
    condition     = var.recent_days >= 1 && var.recent_days <= var.retention_days
    error_message = "TF_RETENTION: ${var.recent_days} days are less than one, or more than the day's own backup is kept. Fix: retentionDays in service.ts."
  }
}

variable "daily_schedule" {
  description = "When the backup is made that stands for its day; the only one where it is the same as schedule."
  type        = string

  validation {
    condition     = can(regex("^cron\\(\\d+ \\d+ [?*] \\* [?*] \\*\\)$", var.daily_schedule))
    error_message = "TF_SCHEDULE: \"${var.daily_schedule}\" is not once a day. Fix: lambdakit generate."
  }
}

variable "retention_days" {
  description = "For how many days that one is kept, and its copy."
  type        = number

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 36500
    error_message = "TF_RETENTION: AWS keeps a backup for 1 to 36500 days, not ${var.retention_days}. Fix: retentionDays in service.ts."
  }
}

variable "copy_to" {
  description = "The region and the vault that the day's backup is copied to; null for none."
  type        = object({ region = string, vault = string })
  default     = null
}
