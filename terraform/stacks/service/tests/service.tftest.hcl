# The whole stack with the variables of the Product service, planned against a mocked provider.

mock_provider "aws" {
  # Plans are looked at, so that what AWS would compute has to be there.
  override_during = plan
}

variables {
  artifacts = {
    for key in ["list", "get", "create", "update", "delete", "authorizer"] : key => {
      key    = "artifacts/${sha256(key)}.zip"
      sha256 = sha256(key)
    }
  }
}

run "variables_of_dev" {
  module {
    source = "./tests/variables"
  }

  variables {
    file = "services/product/terraform/environments/dev.tfvars.json"
  }
}

run "variables_of_sit" {
  module {
    source = "./tests/variables"
  }

  variables {
    file = "services/product/terraform/environments/sit.tfvars.json"
  }
}

run "variables_of_prod" {
  module {
    source = "./tests/variables"
  }

  variables {
    file = "services/product/terraform/environments/prod.tfvars.json"
  }
}

run "dev" {
  command = plan

  variables {
    service                  = run.variables_of_dev.values.service
    environment              = run.variables_of_dev.values.environment
    account_id               = run.variables_of_dev.values.account_id
    region                   = run.variables_of_dev.values.region
    tags                     = run.variables_of_dev.values.tags
    alias                    = run.variables_of_dev.values.alias
    artifact_bucket          = run.variables_of_dev.values.artifact_bucket
    permissions_boundary_arn = run.variables_of_dev.values.permissions_boundary_arn
    functions                = run.variables_of_dev.values.functions
    tables                   = run.variables_of_dev.values.tables
    api                      = run.variables_of_dev.values.api
    alarms                   = run.variables_of_dev.values.alarms
    service_alarm            = run.variables_of_dev.values.service_alarm
    backups                  = run.variables_of_dev.values.backups
    notify                   = run.variables_of_dev.values.notify
    page_topic               = run.variables_of_dev.values.page_topic
    alarm_topic              = run.variables_of_dev.values.alarm_topic
    alarm_key                = run.variables_of_dev.values.alarm_key
    dashboard                = run.variables_of_dev.values.dashboard
  }

  assert {
    condition     = length(distinct([for function in module.function : function.role_name])) == 6
    error_message = "Each function has a role of its own."
  }

  assert {
    condition = alltrue([
      for key, function in module.function :
      jsonencode([for statement in jsondecode(function.policy).Statement : [statement.Action, statement.Resource]]) ==
      jsonencode([for statement in var.functions[key].statements : [statement.actions, statement.resources]])
    ])
    error_message = "A role allows what was planned, in the same words, and nothing else."
  }

  assert {
    condition = alltrue([
      for key, function in module.function : alltrue([
        for position, statement in jsondecode(function.policy).Statement :
        jsonencode(try(statement.Condition, {})) == jsonencode(var.functions[key].statements[position].conditions)
      ])
    ])
    error_message = "Conditions of a grant reach the policy."
  }

  assert {
    condition     = output.tables.products.kind == "disposable"
    error_message = "The table of dev may be deleted."
  }

  assert {
    condition     = length(output.alarms) == 24 && contains(keys(output.alarms), "bbws-product-service-dev")
    error_message = "Three alarms for each function, two for the authorizer, three for the API, two for the table, one for its backups, one for the service."
  }

  assert {
    condition = alltrue([
      for key, function in var.functions : alltrue([
        for what in ["errors", "duration", "throttles"] :
        contains(keys(output.alarms), replace(function.name, "/-dev$/", "-${what}-dev")) == (key != "authorizer" || what != "errors")
      ])
    ])
    error_message = "Every function has its alarms, but that the authorizer's refusals are errors to Lambda and nobody's."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(module.function["authorizer"].policy).Statement : alltrue([
        for action in statement.Action : startswith(action, "logs:") || startswith(action, "xray:")
      ])
    ])
    error_message = "The authorizer writes logs and traces, and is allowed nothing else."
  }
}

run "sit" {
  command = plan

  variables {
    service                  = run.variables_of_sit.values.service
    environment              = run.variables_of_sit.values.environment
    account_id               = run.variables_of_sit.values.account_id
    region                   = run.variables_of_sit.values.region
    tags                     = run.variables_of_sit.values.tags
    alias                    = run.variables_of_sit.values.alias
    artifact_bucket          = run.variables_of_sit.values.artifact_bucket
    permissions_boundary_arn = run.variables_of_sit.values.permissions_boundary_arn
    functions                = run.variables_of_sit.values.functions
    tables                   = run.variables_of_sit.values.tables
    api                      = run.variables_of_sit.values.api
    alarms                   = run.variables_of_sit.values.alarms
    service_alarm            = run.variables_of_sit.values.service_alarm
    backups                  = run.variables_of_sit.values.backups
    notify                   = run.variables_of_sit.values.notify
    page_topic               = run.variables_of_sit.values.page_topic
    alarm_topic              = run.variables_of_sit.values.alarm_topic
    alarm_key                = run.variables_of_sit.values.alarm_key
    dashboard                = run.variables_of_sit.values.dashboard
  }

  assert {
    condition     = output.tables.products.kind == "protected"
    error_message = "The table of sit cannot be deleted."
  }
}

run "prod" {
  command = plan

  variables {
    service                  = run.variables_of_prod.values.service
    environment              = run.variables_of_prod.values.environment
    account_id               = run.variables_of_prod.values.account_id
    region                   = run.variables_of_prod.values.region
    tags                     = run.variables_of_prod.values.tags
    alias                    = run.variables_of_prod.values.alias
    artifact_bucket          = run.variables_of_prod.values.artifact_bucket
    permissions_boundary_arn = run.variables_of_prod.values.permissions_boundary_arn
    functions                = run.variables_of_prod.values.functions
    tables                   = run.variables_of_prod.values.tables
    api                      = run.variables_of_prod.values.api
    alarms                   = run.variables_of_prod.values.alarms
    service_alarm            = run.variables_of_prod.values.service_alarm
    backups                  = run.variables_of_prod.values.backups
    notify                   = run.variables_of_prod.values.notify
    page_topic               = run.variables_of_prod.values.page_topic
    alarm_topic              = run.variables_of_prod.values.alarm_topic
    alarm_key                = run.variables_of_prod.values.alarm_key
    dashboard                = run.variables_of_prod.values.dashboard
  }

  assert {
    condition     = output.tables.products.kind == "protected"
    error_message = "The table of prod cannot be deleted."
  }

  assert {
    condition     = output.backup_plan == "bbws-product-prod" && length(module.backup[0].table_arns) == 1
    error_message = "The service's own table is backed up."
  }
}

run "a_service_without_routes" {
  command = plan

  variables {
    service                  = run.variables_of_dev.values.service
    environment              = run.variables_of_dev.values.environment
    account_id               = run.variables_of_dev.values.account_id
    region                   = run.variables_of_dev.values.region
    tags                     = run.variables_of_dev.values.tags
    alias                    = run.variables_of_dev.values.alias
    artifact_bucket          = run.variables_of_dev.values.artifact_bucket
    permissions_boundary_arn = run.variables_of_dev.values.permissions_boundary_arn
    functions                = run.variables_of_dev.values.functions
    tables                   = run.variables_of_dev.values.tables
    api                      = null
    alarms                   = run.variables_of_dev.values.alarms
    service_alarm            = run.variables_of_dev.values.service_alarm
    backups                  = run.variables_of_dev.values.backups
    notify                   = run.variables_of_dev.values.notify
    page_topic               = run.variables_of_dev.values.page_topic
    alarm_topic              = run.variables_of_dev.values.alarm_topic
    alarm_key                = run.variables_of_dev.values.alarm_key
    dashboard                = run.variables_of_dev.values.dashboard
  }

  assert {
    condition     = output.url == null
    error_message = "There is no API."
  }
}

run "an_artifact_that_is_missing" {
  command = plan

  variables {
    artifacts                = {}
    service                  = run.variables_of_dev.values.service
    environment              = run.variables_of_dev.values.environment
    account_id               = run.variables_of_dev.values.account_id
    region                   = run.variables_of_dev.values.region
    tags                     = run.variables_of_dev.values.tags
    alias                    = run.variables_of_dev.values.alias
    artifact_bucket          = run.variables_of_dev.values.artifact_bucket
    permissions_boundary_arn = run.variables_of_dev.values.permissions_boundary_arn
    functions                = run.variables_of_dev.values.functions
    tables                   = run.variables_of_dev.values.tables
    api                      = run.variables_of_dev.values.api
    alarms                   = run.variables_of_dev.values.alarms
    service_alarm            = run.variables_of_dev.values.service_alarm
    backups                  = run.variables_of_dev.values.backups
    notify                   = run.variables_of_dev.values.notify
    page_topic               = run.variables_of_dev.values.page_topic
    alarm_topic              = run.variables_of_dev.values.alarm_topic
    alarm_key                = run.variables_of_dev.values.alarm_key
    dashboard                = run.variables_of_dev.values.dashboard
  }

  expect_failures = [var.artifacts]
}

run "another_environment" {
  command = plan

  variables {
    service                  = run.variables_of_dev.values.service
    environment              = "staging"
    account_id               = run.variables_of_dev.values.account_id
    region                   = run.variables_of_dev.values.region
    tags                     = run.variables_of_dev.values.tags
    alias                    = run.variables_of_dev.values.alias
    artifact_bucket          = run.variables_of_dev.values.artifact_bucket
    permissions_boundary_arn = run.variables_of_dev.values.permissions_boundary_arn
    functions                = run.variables_of_dev.values.functions
    tables                   = run.variables_of_dev.values.tables
    api                      = run.variables_of_dev.values.api
    alarms                   = run.variables_of_dev.values.alarms
    service_alarm            = run.variables_of_dev.values.service_alarm
    backups                  = run.variables_of_dev.values.backups
    notify                   = run.variables_of_dev.values.notify
    page_topic               = run.variables_of_dev.values.page_topic
    alarm_topic              = run.variables_of_dev.values.alarm_topic
    alarm_key                = run.variables_of_dev.values.alarm_key
    dashboard                = run.variables_of_dev.values.dashboard
  }

  expect_failures = [var.environment]
}

run "two_functions_with_one_role" {
  command = plan

  variables {
    service                  = run.variables_of_dev.values.service
    environment              = run.variables_of_dev.values.environment
    account_id               = run.variables_of_dev.values.account_id
    region                   = run.variables_of_dev.values.region
    tags                     = run.variables_of_dev.values.tags
    alias                    = run.variables_of_dev.values.alias
    artifact_bucket          = run.variables_of_dev.values.artifact_bucket
    permissions_boundary_arn = run.variables_of_dev.values.permissions_boundary_arn
    functions                = { for key, function in run.variables_of_dev.values.functions : key => merge(function, { role = "shared" }) }
    tables                   = run.variables_of_dev.values.tables
    api                      = run.variables_of_dev.values.api
    alarms                   = run.variables_of_dev.values.alarms
    service_alarm            = run.variables_of_dev.values.service_alarm
    backups                  = run.variables_of_dev.values.backups
    notify                   = run.variables_of_dev.values.notify
    page_topic               = run.variables_of_dev.values.page_topic
    alarm_topic              = run.variables_of_dev.values.alarm_topic
    alarm_key                = run.variables_of_dev.values.alarm_key
    dashboard                = run.variables_of_dev.values.dashboard
  }

  expect_failures = [var.functions]
}
