variable "name" {
  description = "The role's name."
  type        = string

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.name))
    error_message = "TF_ROLE: \"${var.name}\" is no name of a role. Fix: 1 to 64 letters, digits and _ + = , . @ -; a shorter prefix or name in service.ts."
  }

  validation {
    condition     = !startswith(var.name, "${var.resource_prefix}-")
    error_message = "TF_ROLE: \"${var.name}\" begins as the service's own roles do, so that it could change itself. Fix: another name."
  }
}

variable "account_id" {
  description = "The account."
  type        = string
}

variable "region" {
  description = "The only region that is deployed to."
  type        = string
}

variable "repository" {
  description = "The GitHub repository that is trusted, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[\\w.-]+/[\\w.-]+$", var.repository))
    error_message = "TF_REPOSITORY: \"${var.repository}\" is not one repository. Fix: write it as acme/shop, without a star."
  }
}

variable "environment" {
  description = "The GitHub environment that is trusted."
  type        = string

  validation {
    condition     = contains(["dev", "sit", "prod"], var.environment)
    error_message = "TF_ENVIRONMENT: there is no environment \"${var.environment}\". Fix: dev, sit or prod."
  }
}

variable "resource_prefix" {
  description = "How the names of the service's resources begin, without the dash behind."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.resource_prefix))
    error_message = "TF_NAME: \"${var.resource_prefix}\" is no prefix and service. Fix: write it as bbws-product."
  }
}

variable "table_names" {
  description = "The service's own tables, which need not be named so."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.table_names : can(regex("^[\\w.-]{3,255}$", name))])
    error_message = "TF_NAME: tables are named in full, without a star. Fix: 3 to 255 letters, digits, _ - and ."
  }
}

variable "state_bucket_arn" {
  description = "The bucket of Terraform's states."
  type        = string
}

variable "state_key" {
  description = "The service's own state in it."
  type        = string
}

variable "artifact_bucket_arn" {
  description = "The bucket of artifacts."
  type        = string
}

variable "oidc_provider_arn" {
  description = "GitHub's identity provider in this account."
  type        = string
}

variable "deploy_boundary_arn" {
  description = "What no deploy role can go beyond."
  type        = string
}

variable "function_boundary_arn" {
  description = "What every role that it makes has to have."
  type        = string
}
