# What an account is prepared with, planned against a mocked provider.

mock_provider "aws" {
  override_during = plan

  # Policies are compared, and need ARNs to be about.
  mock_resource "aws_iam_policy" {
    defaults = {
      arn = "arn:aws:iam::536580886816:policy/mocked"
    }
  }

  mock_resource "aws_s3_bucket" {
    defaults = {
      arn = "arn:aws:s3:::mocked"
    }
  }

  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:aws:iam::536580886816:role/mocked"
    }
  }

  mock_resource "aws_iam_openid_connect_provider" {
    defaults = {
      arn = "arn:aws:iam::536580886816:oidc-provider/token.actions.githubusercontent.com"
    }
  }
}

run "variables_of_dev" {
  module {
    source = "./tests/variables"
  }

  variables {
    file = "test/golden/product.dev.account.tfvars.json"
  }
}

run "an_account" {
  command = plan

  variables {
    account_id             = run.variables_of_dev.values.account_id
    region                 = run.variables_of_dev.values.region
    tags                   = run.variables_of_dev.values.tags
    name_prefix            = run.variables_of_dev.values.name_prefix
    state_bucket           = run.variables_of_dev.values.state_bucket
    artifact_bucket        = run.variables_of_dev.values.artifact_bucket
    alarm_key              = run.variables_of_dev.values.alarm_key
    function_boundary_name = run.variables_of_dev.values.function_boundary_name
    services               = run.variables_of_dev.values.services
  }

  assert {
    condition = alltrue([
      for boundary in [aws_iam_policy.deploy_boundary, aws_iam_policy.read_boundary, aws_iam_policy.function_boundary] :
      length(boundary.policy) <= 6144
    ])
    error_message = "IAM takes policies of 6144 characters."
  }

  assert {
    condition = alltrue([
      for statement in module.deployer["product-dev"].deploy_statements :
      contains(statement.Action, "iam:CreateRole") ? statement.Condition.StringEquals["iam:PermissionsBoundary"] == aws_iam_policy.function_boundary.arn : true
    ])
    error_message = "It makes no role without the boundary."
  }

  assert {
    condition = alltrue([
      for statement in module.deployer["product-dev"].deploy_statements :
      contains(statement.Action, "iam:PassRole") ? contains([
        jsonencode(["lambda.amazonaws.com", ["arn:aws:iam::536580886816:role/bbws-product-*"]]),
        jsonencode(["backup.amazonaws.com", ["arn:aws:iam::536580886816:role/bbws-backup-product-dev"]]),
      ], jsonencode([statement.Condition.StringEquals["iam:PassedToService"], statement.Resource])) : true
    ])
    error_message = "It gives roles of the service to Lambda, the one of backups to AWS Backup, and nothing else."
  }

  assert {
    condition = length([
      for action in flatten([for statement in module.deployer["product-dev"].deploy_statements : statement.Action]) :
      action if can(regex("^backup:.*(Vault|RecoveryPoint|BackupJob)", action))
    ]) == 0
    error_message = "Deploying reaches no vault and no backup."
  }

  assert {
    condition     = !module.backup_vault["product-dev"].locked
    error_message = "Backups of dev are not locked."
  }

  assert {
    condition = toset([
      for statement in module.deployer["product-dev"].deploy_statements : statement.Sid if contains(statement.Resource, "*")
    ]) == toset(["CompositeAlarms", "Lists"])
    error_message = "Only what lists has no resources, and what AWS holds to none."
  }

  assert {
    condition = length(setintersection(
      flatten([for statement in module.deployer["product-dev"].deploy_statements : statement.Action]),
      local.table_data
    )) == 0
    error_message = "Deploying reads and writes no item."
  }

  assert {
    condition = alltrue([
      for action in flatten([for statement in module.deployer["product-dev"].plan_statements : statement.Action if statement.Sid != "Lock"]) :
      can(regex(":(Get|List|Describe|GET$)|^kms:|^sts:AssumeRole$", action))
    ])
    error_message = "Planning reads, and locks the state."
  }

  assert {
    condition     = output.releases_role_arns["product-dev"] == module.releases_reader["product-dev"].role_arn
    error_message = "There is a role for the account of sit."
  }

  assert {
    condition     = module.state_bucket.requires_tls && module.artifact_bucket.requires_tls
    error_message = "Buckets refuse plain HTTP unless told otherwise."
  }
}

run "the_trust_of_a_deploy_role" {
  command = plan

  module {
    source = "../../modules/github-role"
  }

  variables {
    name              = "bbws-deploy-product-prod"
    description       = "Deploys"
    subject           = "repo:acme/shop:environment:prod"
    ref               = "refs/heads/main"
    oidc_provider_arn = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    boundary_arn      = "arn:aws:iam::093646564004:policy/deploy"
    policies          = { service = "{}" }
  }

  assert {
    condition = jsonencode(jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition) == jsonencode({
      StringEquals = {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:ref" = "refs/heads/main"
        "token.actions.githubusercontent.com:sub" = "repo:acme/shop:environment:prod"
      }
    })
    error_message = "One repository, one environment, one branch, nothing alike."
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::093646564004:policy/deploy"
    error_message = "It has a boundary itself."
  }
}

run "a_repository_with_immutable_subjects" {
  command = plan

  module {
    source = "../../modules/github-role"
  }

  variables {
    name              = "bbws-deploy-product-prod"
    description       = "Deploys"
    subject           = "repo:acme@12/shop@34:environment:prod-plan"
    ref               = null
    oidc_provider_arn = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    boundary_arn      = "arn:aws:iam::093646564004:policy/deploy"
    policies          = { service = "{}" }
  }

  assert {
    condition     = length(jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringEquals) == 2
    error_message = "Planning is for every branch."
  }
}

run "every_repository_of_an_organisation" {
  command = plan

  module {
    source = "../../modules/github-role"
  }

  variables {
    name              = "bbws-deploy-product-prod"
    description       = "Deploys"
    subject           = "repo:acme/*:environment:prod"
    ref               = null
    oidc_provider_arn = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    boundary_arn      = "arn:aws:iam::093646564004:policy/deploy"
    policies          = { service = "{}" }
  }

  expect_failures = [var.subject]
}

run "a_repository_with_half_of_its_ids" {
  command = plan

  module {
    source = "../../modules/github-role"
  }

  variables {
    name              = "bbws-deploy-product-prod"
    description       = "Deploys"
    subject           = "repo:acme@12/shop:environment:prod"
    ref               = null
    oidc_provider_arn = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    boundary_arn      = "arn:aws:iam::093646564004:policy/deploy"
    policies          = { service = "{}" }
  }

  expect_failures = [var.subject]
}

run "every_environment" {
  command = plan

  module {
    source = "../../modules/github-role"
  }

  variables {
    name              = "bbws-deploy-product-prod"
    description       = "Deploys"
    subject           = "repo:acme/shop:environment:*"
    ref               = null
    oidc_provider_arn = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    boundary_arn      = "arn:aws:iam::093646564004:policy/deploy"
    policies          = { service = "{}" }
  }

  expect_failures = [var.subject]
}

run "every_job_of_a_branch" {
  command = plan

  module {
    source = "../../modules/github-role"
  }

  variables {
    name              = "bbws-deploy-product-prod"
    description       = "Deploys"
    subject           = "repo:acme/shop:ref:refs/heads/main"
    ref               = null
    oidc_provider_arn = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    boundary_arn      = "arn:aws:iam::093646564004:policy/deploy"
    policies          = { service = "{}" }
  }

  expect_failures = [var.subject]
}

run "every_branch" {
  command = plan

  module {
    source = "../../modules/github-role"
  }

  variables {
    name              = "bbws-deploy-product-prod"
    description       = "Deploys"
    subject           = "repo:acme/shop:environment:prod"
    ref               = "refs/heads/*"
    oidc_provider_arn = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    boundary_arn      = "arn:aws:iam::093646564004:policy/deploy"
    policies          = { service = "{}" }
  }

  expect_failures = [var.ref]
}

run "a_deploy_role_that_could_change_itself" {
  command = plan

  module {
    source = "../../modules/deployer"
  }

  variables {
    account_id            = "093646564004"
    region                = "af-south-1"
    environment           = "prod"
    deploy_role           = "bbws-product-deploy"
    deploy_subject        = "repo:acme/shop:environment:prod"
    deploy_ref            = "refs/heads/main"
    plan_role             = "bbws-plan-product-prod"
    plan_subject          = "repo:acme/shop:environment:prod-plan"
    resource_prefix       = "bbws-product"
    table_names           = ["products-prod"]
    state_bucket_arn      = "arn:aws:s3:::state"
    state_key             = "services/product/prod.tfstate"
    artifact_bucket_arn   = "arn:aws:s3:::artifacts"
    releases              = "releases/product/"
    deployments           = "deployments/product/prod/"
    oidc_provider_arn     = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    deploy_boundary_arn   = "arn:aws:iam::093646564004:policy/deploy"
    read_boundary_arn     = "arn:aws:iam::093646564004:policy/read"
    function_boundary_arn = "arn:aws:iam::093646564004:policy/function"
  }

  expect_failures = [var.deploy_role]
}

run "a_plan_role_that_deploying_could_change" {
  command = plan

  module {
    source = "../../modules/deployer"
  }

  variables {
    account_id            = "093646564004"
    region                = "af-south-1"
    environment           = "prod"
    deploy_role           = "bbws-deploy-product-prod"
    deploy_subject        = "repo:acme/shop:environment:prod"
    deploy_ref            = "refs/heads/main"
    plan_role             = "bbws-product-plan"
    plan_subject          = "repo:acme/shop:environment:prod-plan"
    resource_prefix       = "bbws-product"
    table_names           = ["products-prod"]
    state_bucket_arn      = "arn:aws:s3:::state"
    state_key             = "services/product/prod.tfstate"
    artifact_bucket_arn   = "arn:aws:s3:::artifacts"
    releases              = "releases/product/"
    deployments           = "deployments/product/prod/"
    oidc_provider_arn     = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    deploy_boundary_arn   = "arn:aws:iam::093646564004:policy/deploy"
    read_boundary_arn     = "arn:aws:iam::093646564004:policy/read"
    function_boundary_arn = "arn:aws:iam::093646564004:policy/function"
  }

  expect_failures = [var.plan_role]
}

run "planning_where_jobs_deploy" {
  command = plan

  module {
    source = "../../modules/deployer"
  }

  variables {
    account_id            = "093646564004"
    region                = "af-south-1"
    environment           = "prod"
    deploy_role           = "bbws-deploy-product-prod"
    deploy_subject        = "repo:acme/shop:environment:prod"
    deploy_ref            = "refs/heads/main"
    plan_role             = "bbws-plan-product-prod"
    plan_subject          = "repo:acme/shop:environment:prod"
    resource_prefix       = "bbws-product"
    table_names           = ["products-prod"]
    state_bucket_arn      = "arn:aws:s3:::state"
    state_key             = "services/product/prod.tfstate"
    artifact_bucket_arn   = "arn:aws:s3:::artifacts"
    releases              = "releases/product/"
    deployments           = "deployments/product/prod/"
    oidc_provider_arn     = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    deploy_boundary_arn   = "arn:aws:iam::093646564004:policy/deploy"
    read_boundary_arn     = "arn:aws:iam::093646564004:policy/read"
    function_boundary_arn = "arn:aws:iam::093646564004:policy/function"
  }

  expect_failures = [var.plan_subject]
}

run "every_table_to_deploy" {
  command = plan

  module {
    source = "../../modules/deployer"
  }

  variables {
    account_id            = "093646564004"
    region                = "af-south-1"
    environment           = "prod"
    deploy_role           = "bbws-deploy-product-prod"
    deploy_subject        = "repo:acme/shop:environment:prod"
    deploy_ref            = "refs/heads/main"
    plan_role             = "bbws-plan-product-prod"
    plan_subject          = "repo:acme/shop:environment:prod-plan"
    resource_prefix       = "bbws-product"
    table_names           = ["*"]
    state_bucket_arn      = "arn:aws:s3:::state"
    state_key             = "services/product/prod.tfstate"
    artifact_bucket_arn   = "arn:aws:s3:::artifacts"
    releases              = "releases/product/"
    deployments           = "deployments/product/prod/"
    oidc_provider_arn     = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    deploy_boundary_arn   = "arn:aws:iam::093646564004:policy/deploy"
    read_boundary_arn     = "arn:aws:iam::093646564004:policy/read"
    function_boundary_arn = "arn:aws:iam::093646564004:policy/function"
  }

  expect_failures = [var.table_names]
}

run "the_releases_of_every_service" {
  command = plan

  module {
    source = "../../modules/deployer"
  }

  variables {
    account_id            = "093646564004"
    region                = "af-south-1"
    environment           = "prod"
    deploy_role           = "bbws-deploy-product-prod"
    deploy_subject        = "repo:acme/shop:environment:prod"
    deploy_ref            = "refs/heads/main"
    plan_role             = "bbws-plan-product-prod"
    plan_subject          = "repo:acme/shop:environment:prod-plan"
    resource_prefix       = "bbws-product"
    table_names           = ["products-prod"]
    state_bucket_arn      = "arn:aws:s3:::state"
    state_key             = "services/product/prod.tfstate"
    artifact_bucket_arn   = "arn:aws:s3:::artifacts"
    releases              = "releases/"
    deployments           = "deployments/product/prod/"
    oidc_provider_arn     = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    deploy_boundary_arn   = "arn:aws:iam::093646564004:policy/deploy"
    read_boundary_arn     = "arn:aws:iam::093646564004:policy/read"
    function_boundary_arn = "arn:aws:iam::093646564004:policy/function"
  }

  expect_failures = [var.releases]
}

run "a_reader_of_another_account" {
  command = plan

  module {
    source = "../../modules/releases-reader"
  }

  variables {
    name                = "bbws-releases-product-sit"
    account_id          = "815856636111"
    region              = "eu-west-1"
    reader_account_id   = "093646564004"
    reader_role_arns    = ["arn:aws:iam::999999999999:role/bbws-deploy-product-prod"]
    people              = ["admin"]
    artifact_bucket_arn = "arn:aws:s3:::artifacts"
    releases            = "releases/product/"
    deployments         = "deployments/product/sit/"
    read_boundary_arn   = "arn:aws:iam::815856636111:policy/read"
  }

  expect_failures = [var.reader_role_arns]
}

run "every_role_of_an_account_as_a_reader" {
  command = plan

  module {
    source = "../../modules/releases-reader"
  }

  variables {
    name                = "bbws-releases-product-sit"
    account_id          = "815856636111"
    region              = "eu-west-1"
    reader_account_id   = "093646564004"
    reader_role_arns    = ["arn:aws:iam::093646564004:role/bbws-deploy-product-prod"]
    people              = ["*"]
    artifact_bucket_arn = "arn:aws:s3:::artifacts"
    releases            = "releases/product/"
    deployments         = "deployments/product/sit/"
    read_boundary_arn   = "arn:aws:iam::815856636111:policy/read"
  }

  expect_failures = [var.people]
}

run "a_bucket_name_of_64_characters" {
  command = plan

  module {
    source = "../../modules/bucket"
  }

  variables {
    name = join("", [for position in range(64) : "a"])
  }

  expect_failures = [var.name]
}

run "a_service_with_another_prefix" {
  command = plan

  variables {
    account_id             = run.variables_of_dev.values.account_id
    region                 = run.variables_of_dev.values.region
    tags                   = run.variables_of_dev.values.tags
    name_prefix            = run.variables_of_dev.values.name_prefix
    state_bucket           = run.variables_of_dev.values.state_bucket
    artifact_bucket        = run.variables_of_dev.values.artifact_bucket
    alarm_key              = run.variables_of_dev.values.alarm_key
    function_boundary_name = run.variables_of_dev.values.function_boundary_name
    services               = { product-dev = merge(run.variables_of_dev.values.services.product-dev, { resource_prefix = "acme-product" }) }
  }

  expect_failures = [var.services]
}

run "a_service_whose_name_begins_with_anothers" {
  command = plan

  variables {
    account_id             = run.variables_of_dev.values.account_id
    region                 = run.variables_of_dev.values.region
    tags                   = run.variables_of_dev.values.tags
    name_prefix            = run.variables_of_dev.values.name_prefix
    state_bucket           = run.variables_of_dev.values.state_bucket
    artifact_bucket        = run.variables_of_dev.values.artifact_bucket
    alarm_key              = run.variables_of_dev.values.alarm_key
    function_boundary_name = run.variables_of_dev.values.function_boundary_name
    services = merge(run.variables_of_dev.values.services, {
      product-search-dev = merge(run.variables_of_dev.values.services.product-dev, { resource_prefix = "bbws-product-search" })
    })
  }

  expect_failures = [var.services]
}

run "a_plan_role_that_is_called_as_services_are" {
  command = plan

  variables {
    account_id             = run.variables_of_dev.values.account_id
    region                 = run.variables_of_dev.values.region
    tags                   = run.variables_of_dev.values.tags
    name_prefix            = run.variables_of_dev.values.name_prefix
    state_bucket           = run.variables_of_dev.values.state_bucket
    artifact_bucket        = run.variables_of_dev.values.artifact_bucket
    alarm_key              = run.variables_of_dev.values.alarm_key
    function_boundary_name = run.variables_of_dev.values.function_boundary_name
    services = {
      product-dev = merge(run.variables_of_dev.values.services.product-dev, {
        github = merge(run.variables_of_dev.values.services.product-dev.github, { plan_role = "bbws-order-plan-dev" })
      })
    }
  }

  expect_failures = [var.services]
}

run "a_policy_that_iam_would_not_take" {
  command = plan

  module {
    source = "../../modules/github-role"
  }

  variables {
    name              = "bbws-deploy-product-dev"
    description       = "Deploys bbws-product to dev"
    subject           = "repo:acme/shop:environment:dev"
    oidc_provider_arn = "arn:aws:iam::536580886816:oidc-provider/token.actions.githubusercontent.com"
    boundary_arn      = "arn:aws:iam::536580886816:policy/boundary"
    policies = {
      service = "{}"
      tables  = jsonencode({ Statement = [for number in range(200) : "arn:aws:dynamodb:eu-west-1:536580886816:table/${number}"] })
    }
  }

  expect_failures = [aws_iam_policy.this["tables"]]
}
