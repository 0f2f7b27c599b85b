# The two roles of one service's workflows in one environment: one plans, one deploys what was planned
# and approved. Each has its own GitHub environment; reviewers stand before that of the second.
#
# Their policies say what each needs; a boundary says what it could never have, whatever its policy
# becomes. What they are allowed is in statements.tf.

module "deploy_role" {
  source = "../github-role"

  name              = var.deploy_role
  description       = "Deploys ${var.resource_prefix} to ${var.environment}"
  subject           = var.deploy_subject
  ref               = var.deploy_ref
  oidc_provider_arn = var.oidc_provider_arn
  boundary_arn      = var.deploy_boundary_arn

  policies = {
    for part, statements in merge(local.changes, { storage = concat(local.state, local.records) }) : part => jsonencode({
      Version                                              = "2012-10-17"
      Statement                                            = [for statement in statements : merge({ Effect = "Allow" }, statement)]
    })
  }
}

# It changes nothing, so that a pull request may show what it would change: any branch may plan.
module "plan_role" {
  source = "../github-role"

  name              = var.plan_role
  description       = "Plans ${var.resource_prefix} in ${var.environment}, and changes nothing"
  subject           = var.plan_subject
  oidc_provider_arn = var.oidc_provider_arn
  boundary_arn      = var.read_boundary_arn

  policies = {
    for part, statements in merge(local.reads, { storage = local.lock }) : part => jsonencode({
      Version                                            = "2012-10-17"
      Statement                                          = [for statement in statements : merge({ Effect = "Allow" }, statement)]
    })
  }
}
