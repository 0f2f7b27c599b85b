# Who may deploy, plan and read releases. Whom a role trusts is worked out where the plan is, and stands
# in the variables to the letter: GitHub's subjects, and roles of the next environment's account.

# An account has one provider for each address. AWS knows GitHub's certificates itself, so that no
# thumbprint stands here and expires.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.github_oidc_provider_arn == null ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  github = coalesce(var.github_oidc_provider_arn, one(aws_iam_openid_connect_provider.github[*].arn))
}

module "deployer" {
  source   = "../../modules/deployer"
  for_each = { for key, service in var.services : key => service if service.github != null }

  account_id                 = var.account_id
  region                     = var.region
  environment                = each.value.environment
  deploy_role                = each.value.github.deploy_role
  deploy_subject             = each.value.github.deploy_subject
  deploy_ref                 = each.value.github.deploy_ref
  plan_role                  = each.value.github.plan_role
  plan_subject               = each.value.github.plan_subject
  oidc_provider_arn          = local.github
  resource_prefix            = each.value.resource_prefix
  table_names                = each.value.table_names
  domain                     = each.value.domain
  state_bucket_arn           = module.state_bucket.arn
  state_key                  = each.value.state_key
  artifact_bucket_arn        = module.artifact_bucket.arn
  releases                   = each.value.releases
  deployments                = each.value.deployments
  previous_releases_role_arn = each.value.previous_releases_role_arn
  deploy_boundary_arn        = aws_iam_policy.deploy_boundary.arn
  read_boundary_arn          = aws_iam_policy.read_boundary.arn
  function_boundary_arn      = aws_iam_policy.function_boundary.arn

  standby = each.value.standby == null ? null : {
    region              = each.value.standby.region
    state_bucket_arn    = "arn:aws:s3:::${each.value.standby.state_bucket}"
    state_key           = each.value.standby.state_key
    artifact_bucket_arn = "arn:aws:s3:::${each.value.standby.artifact_bucket}"
    deployments         = each.value.standby.deployments
  }
}

module "releases_reader" {
  source   = "../../modules/releases-reader"
  for_each = { for key, service in var.services : key => service if service.releases_role != null }

  name                = each.value.releases_role.name
  account_id          = var.account_id
  region              = var.region
  reader_account_id   = each.value.releases_role.account_id
  reader_role_arns    = each.value.releases_role.role_arns
  people              = var.people
  artifact_bucket_arn = module.artifact_bucket.arn
  releases            = each.value.releases
  deployments         = each.value.deployments
  read_boundary_arn   = aws_iam_policy.read_boundary.arn
}
