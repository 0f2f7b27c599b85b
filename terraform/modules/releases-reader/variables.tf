variable "name" {
  description = "The role's name."
  type        = string

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.name))
    error_message = "TF_ROLE: \"${var.name}\" is no name of a role. Fix: 1 to 64 letters, digits and _ + = , . @ -; a shorter prefix or name in service.ts."
  }
}

variable "account_id" {
  description = "The account."
  type        = string
}

variable "region" {
  description = "The region of the bucket."
  type        = string
}

variable "reader_account_id" {
  description = "The account of the next environment."
  type        = string

  validation {
    condition     = can(regex("^\\d{12}$", var.reader_account_id))
    error_message = "TF_ACCOUNT: \"${var.reader_account_id}\" is no account. Fix: twelve digits as accountId in service.ts."
  }
}

variable "reader_role_arns" {
  description = "The roles of the next environment's workflows."
  type        = list(string)

  validation {
    condition     = alltrue([for arn in var.reader_role_arns : can(regex("^arn:aws:iam::${var.reader_account_id}:role/[\\w+=,.@-]+$", arn))])
    error_message = "TF_ROLE: workflows that read releases are roles of the next environment's account, named in full. Fix: lambdakit derives their ARNs."
  }
}

variable "people" {
  description = "The roles of people of that account who may promote, with their paths; a star matches anything."
  type        = list(string)

  validation {
    condition     = alltrue([for role in var.people : can(regex("^[\\w+=,.@-]", role))])
    error_message = "TF_ROLE: a role of people that begins with a star would be every role, those of functions too. Fix: begin with its name or path."
  }
}

variable "artifact_bucket_arn" {
  description = "The bucket of artifacts and releases."
  type        = string
}

variable "releases" {
  description = "Where the service's releases lie in it, with a slash behind."
  type        = string
}

variable "deployments" {
  description = "Where the environment's history lies in it, with a slash behind."
  type        = string
}

variable "read_boundary_arn" {
  description = "What no role that only reads can go beyond."
  type        = string
}
