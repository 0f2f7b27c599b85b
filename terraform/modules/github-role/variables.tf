variable "name" {
  description = "The role's name."
  type        = string

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.name))
    error_message = "TF_ROLE: \"${var.name}\" is no name of a role. Fix: 1 to 64 letters, digits and _ + = , . @ -; a shorter prefix or name in service.ts."
  }
}

variable "description" {
  description = "What the role is for, in a sentence."
  type        = string
}

variable "subject" {
  description = "What GitHub's token says of the only jobs that are trusted: repo:acme/shop:environment:prod."
  type        = string

  validation {
    condition     = can(regex("^repo:([\\w.-]+/[\\w.-]+|[\\w.-]+@\\d+/[\\w.-]+@\\d+):environment:", var.subject))
    error_message = "TF_REPOSITORY: \"${var.subject}\" is not one repository. Fix: write it as acme/shop in service.ts, without a star."
  }

  validation {
    condition     = can(regex(":environment:(dev|sit|prod)(-plan)?$", var.subject))
    error_message = "TF_ENVIRONMENT: \"${var.subject}\" ends with no environment of ours. Fix: dev, sit or prod, and -plan behind it for a role that plans."
  }
}

variable "ref" {
  description = "The branch that the job has to run on, as refs/heads/main; null for any."
  type        = string
  default     = null

  validation {
    condition     = var.ref == null ? true : can(regex("^refs/heads/[\\w./-]+$", var.ref))
    error_message = "TF_BRANCH: \"${coalesce(var.ref, "null")}\" is not one branch. Fix: write it as main in service.ts, without a star."
  }
}

variable "oidc_provider_arn" {
  description = "GitHub's identity provider in this account."
  type        = string
}

variable "boundary_arn" {
  description = "What the role cannot go beyond, whatever its policy becomes."
  type        = string
}

variable "policies" {
  description = "All that it may do, as JSON, by what it is done to: that is the end of the policy's name."
  type        = map(string)
}
