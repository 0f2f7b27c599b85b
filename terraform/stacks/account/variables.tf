# What src/deploy/account-variables.ts gives is the same, which a test holds; require_tls, people and
# github_oidc_provider_arn are for whoever applies it.

variable "account_id" {
  description = "The only account that this may be applied to."
  type        = string

  validation {
    condition     = can(regex("^\\d{12}$", var.account_id))
    error_message = "TF_ACCOUNT: \"${var.account_id}\" is no account. Fix: twelve digits as accountId in service.ts."
  }
}

variable "region" {
  description = "The region of the buckets, and the only one that is deployed to but for those that take over."
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
  description = "The bucket of Terraform's states."
  type        = string
}

variable "artifact_bucket" {
  description = "The bucket of artifacts, by digest."
  type        = string
}

variable "alarm_key" {
  description = "The alias of the key that messages of alarms are encrypted with."
  type        = string
}

variable "function_boundary_name" {
  description = "The name of the policy that no function's role can go beyond."
  type        = string
}

variable "services" {
  description = "Who may do what, by the names of service and environment, such as product-dev."
  type = map(object({
    environment     = string
    resource_prefix = string
    table_names     = list(string)
    backups = optional(object({
      vault         = string
      role          = string
      copy_region   = string
      locked        = bool
      shortest_days = number
    }))
    state_key                  = string
    releases                   = string
    deployments                = string
    previous_releases_role_arn = string
    github = object({
      deploy_role    = string
      deploy_subject = string
      deploy_ref     = string
      plan_role      = string
      plan_subject   = string
    })
    releases_role = object({
      name       = string
      account_id = string
      role_arns  = list(string)
    })
    standby = optional(object({
      region          = string
      state_bucket    = string
      state_key       = string
      artifact_bucket = string
      deployments     = string
    }))
    domain = optional(object({
      name    = string
      zone_id = string
    }))
  }))
  default = {}

  validation {
    condition     = alltrue([for service in values(var.services) : startswith(service.resource_prefix, "${var.name_prefix}-")])
    error_message = "TF_NAME: a service's names begin with another prefix than the account's, so that its boundary would forbid them. Fix: one prefix for all services of an account in service.ts."
  }

  validation {
    # bbws-product-* are the resources of bbws-product-search, too.
    condition = alltrue(flatten([
      for one in values(var.services) : [
        for other in values(var.services) : !startswith(other.resource_prefix, "${one.resource_prefix}-")
      ]
    ]))
    error_message = "TF_NAME: a service's name begins with another's and a dash, so that whoever deploys the other could change it. Fix: give one of them another name."
  }

  validation {
    condition = alltrue([
      for service in values(var.services) : alltrue([
        service.github == null ? true : startswith(service.github.deploy_role, "${var.name_prefix}-deploy-"),
        service.github == null ? true : startswith(service.github.plan_role, "${var.name_prefix}-plan-"),
        service.releases_role == null ? true : startswith(service.releases_role.name, "${var.name_prefix}-releases-"),
        service.backups == null ? true : startswith(service.backups.role, "${var.name_prefix}-backup-"),
      ])
    ])
    error_message = "TF_ROLE: a role that does not begin with \"${var.name_prefix}-backup-\", \"-deploy-\", \"-plan-\" or \"-releases-\" could be changed by a deployment. Fix: lambdakit derives their names."
  }
}

variable "github_oidc_provider_arn" {
  description = "GitHub's identity provider where the account has one already; null makes it."
  type        = string
  default     = null

  validation {
    condition     = var.github_oidc_provider_arn == null ? true : endswith(var.github_oidc_provider_arn, ":oidc-provider/token.actions.githubusercontent.com")
    error_message = "TF_OIDC: this is not GitHub's identity provider. Fix: aws iam list-open-id-connect-providers shows its ARN."
  }
}

variable "people" {
  description = "The roles of people in the next environment's account who may promote from here, with their paths; by default those of IAM Identity Center."
  type        = list(string)
  default     = ["aws-reserved/sso.amazonaws.com/*"]
}

variable "require_tls" {
  description = "Buckets refuse whoever comes without TLS. Off for emulators only."
  type        = bool
  default     = true
}
