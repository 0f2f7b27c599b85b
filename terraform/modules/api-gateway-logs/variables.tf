variable "role" {
  description = "The role's name, with the region in it: it is the account's, and API Gateway has one setting for each region."
  type        = string

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.role))
    error_message = "TF_NAME: \"${var.role}\" is no name of a role. Fix: a shorter prefix in service.ts."
  }
}
