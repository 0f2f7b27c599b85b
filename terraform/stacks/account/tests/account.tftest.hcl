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
    condition     = length(aws_iam_policy.deploy_boundary.policy) <= 6144 && length(aws_iam_policy.function_boundary.policy) <= 6144
    error_message = "IAM takes policies of 6144 characters."
  }

  assert {
    condition     = length(module.deployer["product"].policy) <= 10240
    error_message = "IAM takes 10240 characters within a role."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(module.deployer["product"].policy).Statement :
      contains(statement.Action, "iam:CreateRole") ? statement.Condition.StringEquals["iam:PermissionsBoundary"] == aws_iam_policy.function_boundary.arn : true
    ])
    error_message = "It makes no role without the boundary."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(module.deployer["product"].policy).Statement :
      contains(statement.Action, "iam:PassRole") ? (
        statement.Condition.StringEquals["iam:PassedToService"] == "lambda.amazonaws.com" &&
        jsonencode(statement.Resource) == jsonencode(["arn:aws:iam::536580886816:role/bbws-product-*"])
      ) : true
    ])
    error_message = "It gives roles of the service, and to Lambda only."
  }

  assert {
    condition = length([
      for statement in jsondecode(module.deployer["product"].policy).Statement : statement.Sid if contains(statement.Resource, "*")
    ]) == 1
    error_message = "Only what lists has no resources."
  }

  assert {
    condition = length(setintersection(
      flatten([for statement in jsondecode(module.deployer["product"].policy).Statement : statement.Action]),
      local.table_data
    )) == 0
    error_message = "Deploying reads and writes no item."
  }

  assert {
    condition     = module.state_bucket.requires_tls && module.artifact_bucket.requires_tls
    error_message = "Buckets refuse plain HTTP unless told otherwise."
  }
}

run "the_trust_of_a_deploy_role" {
  command = plan

  module {
    source = "../../modules/deployer"
  }

  variables {
    name                  = "bbws-deploy-product-prod"
    account_id            = "093646564004"
    region                = "af-south-1"
    repository            = "acme/shop"
    environment           = "prod"
    resource_prefix       = "bbws-product"
    table_names           = ["products-prod"]
    state_bucket_arn      = "arn:aws:s3:::state"
    state_key             = "services/product/prod.tfstate"
    artifact_bucket_arn   = "arn:aws:s3:::artifacts"
    oidc_provider_arn     = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    deploy_boundary_arn   = "arn:aws:iam::093646564004:policy/deploy"
    function_boundary_arn = "arn:aws:iam::093646564004:policy/function"
  }

  assert {
    condition = jsonencode(jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition) == jsonencode({
      StringEquals = {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub" = "repo:acme/shop:environment:prod"
      }
    })
    error_message = "One repository, one environment, nothing alike."
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::093646564004:policy/deploy"
    error_message = "It has a boundary itself."
  }
}

run "every_repository_of_an_organisation" {
  command = plan

  module {
    source = "../../modules/deployer"
  }

  variables {
    name                  = "bbws-deploy-product-prod"
    account_id            = "093646564004"
    region                = "af-south-1"
    repository            = "acme/*"
    environment           = "prod"
    resource_prefix       = "bbws-product"
    state_bucket_arn      = "arn:aws:s3:::state"
    state_key             = "services/product/prod.tfstate"
    artifact_bucket_arn   = "arn:aws:s3:::artifacts"
    oidc_provider_arn     = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    deploy_boundary_arn   = "arn:aws:iam::093646564004:policy/deploy"
    function_boundary_arn = "arn:aws:iam::093646564004:policy/function"
  }

  expect_failures = [var.repository]
}

run "every_environment" {
  command = plan

  module {
    source = "../../modules/deployer"
  }

  variables {
    name                  = "bbws-deploy-product-prod"
    account_id            = "093646564004"
    region                = "af-south-1"
    repository            = "acme/shop"
    environment           = "*"
    resource_prefix       = "bbws-product"
    state_bucket_arn      = "arn:aws:s3:::state"
    state_key             = "services/product/prod.tfstate"
    artifact_bucket_arn   = "arn:aws:s3:::artifacts"
    oidc_provider_arn     = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    deploy_boundary_arn   = "arn:aws:iam::093646564004:policy/deploy"
    function_boundary_arn = "arn:aws:iam::093646564004:policy/function"
  }

  expect_failures = [var.environment]
}

run "a_deploy_role_that_could_change_itself" {
  command = plan

  module {
    source = "../../modules/deployer"
  }

  variables {
    name                  = "bbws-product-deploy"
    account_id            = "093646564004"
    region                = "af-south-1"
    repository            = "acme/shop"
    environment           = "prod"
    resource_prefix       = "bbws-product"
    state_bucket_arn      = "arn:aws:s3:::state"
    state_key             = "services/product/prod.tfstate"
    artifact_bucket_arn   = "arn:aws:s3:::artifacts"
    oidc_provider_arn     = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    deploy_boundary_arn   = "arn:aws:iam::093646564004:policy/deploy"
    function_boundary_arn = "arn:aws:iam::093646564004:policy/function"
  }

  expect_failures = [var.name]
}

run "every_table_to_deploy" {
  command = plan

  module {
    source = "../../modules/deployer"
  }

  variables {
    name                  = "bbws-deploy-product-prod"
    account_id            = "093646564004"
    region                = "af-south-1"
    repository            = "acme/shop"
    environment           = "prod"
    resource_prefix       = "bbws-product"
    state_bucket_arn      = "arn:aws:s3:::state"
    state_key             = "services/product/prod.tfstate"
    artifact_bucket_arn   = "arn:aws:s3:::artifacts"
    oidc_provider_arn     = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    deploy_boundary_arn   = "arn:aws:iam::093646564004:policy/deploy"
    function_boundary_arn = "arn:aws:iam::093646564004:policy/function"
    table_names           = ["*"]
  }

  expect_failures = [var.table_names]
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
    services               = { product = merge(run.variables_of_dev.values.services.product, { resource_prefix = "acme-product" }) }
  }

  expect_failures = [var.services]
}
