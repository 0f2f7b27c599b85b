variable "role" {
  description = "The name of the role that copies."
  type        = string

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.role))
    error_message = "TF_NAME: \"${var.role}\" is no name of a role. Fix: a shorter prefix in service.ts."
  }
}

variable "account_id" {
  description = "The account of all the buckets."
  type        = string
}

variable "region" {
  description = "The region that is copied from."
  type        = string
}

variable "buckets" {
  description = "By the bucket that is copied, which keeps versions: the buckets that get its copies, and their regions."
  type        = map(list(object({ bucket = string, region = string })))

  validation {
    condition     = alltrue(flatten([for targets in values(var.buckets) : [for target in targets : target.region != var.region]]))
    error_message = "TF_REGION: a copy in the region that is lost is lost with it. Fix: another recoveryRegion in service.ts."
  }
}
