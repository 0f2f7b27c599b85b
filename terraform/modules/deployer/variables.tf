variable "deploy_role" {
  description = "The name of the role that deploys."
  type        = string

  validation {
    condition     = !startswith(var.deploy_role, "${var.resource_prefix}-")
    error_message = "TF_ROLE: \"${var.deploy_role}\" begins as the service's own roles do, so that it could change itself. Fix: another name."
  }
}

variable "plan_role" {
  description = "The name of the role that plans."
  type        = string

  validation {
    condition     = !startswith(var.plan_role, "${var.resource_prefix}-")
    error_message = "TF_ROLE: \"${var.plan_role}\" begins as the service's own roles do, so that deploying could change it. Fix: another name."
  }
}

variable "deploy_subject" {
  description = "The only jobs that deploy, as GitHub's token has them."
  type        = string
}

variable "deploy_ref" {
  description = "The only branch that is deployed, as refs/heads/main."
  type        = string
}

variable "plan_subject" {
  description = "The only jobs that plan, as GitHub's token has them."
  type        = string

  validation {
    condition     = endswith(var.plan_subject, "-plan")
    error_message = "TF_ENVIRONMENT: \"${var.plan_subject}\" is where jobs deploy, after reviewers. Fix: lambdakit derives a GitHub environment of its own for planning."
  }
}

variable "environment" {
  description = "The environment."
  type        = string

  validation {
    condition     = contains(["dev", "sit", "prod"], var.environment)
    error_message = "TF_ENVIRONMENT: there is no environment \"${var.environment}\". Fix: dev, sit or prod."
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

variable "resource_prefix" {
  description = "How the names of the service's resources begin, without the dash behind."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)+$", var.resource_prefix))
    error_message = "TF_NAME: \"${var.resource_prefix}\" is no prefix and service. Fix: write it as bbws-product."
  }
}

variable "table_names" {
  description = "The service's own tables, which need not be named so; of those that are restored beside them, the form of the name."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for name in var.table_names : can(regex("^[\\w.-]{3,255}(-restored-[?]{8}-[?]{6})?$", name))])
    error_message = "TF_NAME: tables are named in full, without a star, or as restores name them. Fix: 3 to 255 letters, digits, _ - and ., and -restored-????????-?????? behind."
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
  description = "The bucket of artifacts and releases."
  type        = string
}

variable "releases" {
  description = "Where the service's releases lie in it, with a slash behind."
  type        = string

  validation {
    condition     = can(regex("^releases/[a-z0-9-]+/$", var.releases))
    error_message = "TF_PREFIX: \"${var.releases}\" is not where one service's releases lie. Fix: write it as releases/product/."
  }
}

variable "deployments" {
  description = "Where the environment's history lies in it, with a slash behind."
  type        = string

  validation {
    condition     = can(regex("^deployments/[a-z0-9-]+/(dev|sit|prod)/$", var.deployments))
    error_message = "TF_PREFIX: \"${var.deployments}\" is not the history of one environment. Fix: write it as deployments/product/dev/."
  }
}

variable "previous_releases_role_arn" {
  description = "What the releases of the environment before are read as; null where releases are built."
  type        = string
  default     = null

  validation {
    condition     = var.previous_releases_role_arn == null ? true : can(regex("^arn:aws:iam::\\d{12}:role/[\\w-]+-releases-[\\w-]+$", var.previous_releases_role_arn))
    error_message = "TF_ROLE: this is no role that reads releases. Fix: lambdakit derives its ARN."
  }
}

variable "oidc_provider_arn" {
  description = "GitHub's identity provider in this account."
  type        = string
}

variable "deploy_boundary_arn" {
  description = "What no deploy role can go beyond."
  type        = string
}

variable "read_boundary_arn" {
  description = "What no role that only reads can go beyond."
  type        = string
}

variable "function_boundary_arn" {
  description = "What every role that deploying makes has to have."
  type        = string
}
