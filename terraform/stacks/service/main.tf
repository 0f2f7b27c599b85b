# A whole service in one environment. Everything that it is told is derived from service.ts
# (`lambdakit generate`), but for the artifacts, which are found when something is deployed.

provider "aws" {
  region = var.region

  # Credentials of another account end here, before anything is read or changed.
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = var.tags
  }
}

module "table" {
  source   = "../../modules/table"
  for_each = var.tables

  name                   = each.value.name
  existing               = each.value.existing
  protected              = var.environment != "dev"
  partition_key          = each.value.partition_key
  sort_key               = each.value.sort_key
  indexes                = each.value.indexes
  time_to_live_attribute = each.value.time_to_live_attribute
  replica_region         = each.value.replica_region
}

module "function" {
  source   = "../../modules/function"
  for_each = var.functions

  name                     = each.value.name
  description              = each.value.description
  handler                  = each.value.handler
  runtime                  = each.value.runtime
  architecture             = each.value.architecture
  memory_mb                = each.value.memory_mb
  timeout_seconds          = each.value.timeout_seconds
  reserved_concurrency     = each.value.reserved_concurrency
  ephemeral_storage_mb     = each.value.ephemeral_storage_mb
  environment_variables    = each.value.environment_variables
  log_group                = each.value.log_group
  log_retention_days       = each.value.log_retention_days
  application_log_level    = each.value.application_log_level
  system_log_level         = each.value.system_log_level
  role                     = each.value.role
  statements               = each.value.statements
  tracing                  = var.tracing
  permissions_boundary_arn = var.permissions_boundary_arn
  artifact                 = merge(var.artifacts[each.key], { bucket = var.artifact_bucket })
  alias                    = var.alias
}

module "api" {
  source = "../../modules/rest-api"
  count  = var.api == null ? 0 : 1

  name                = var.api.name
  stage               = var.api.stage
  body                = var.api.body
  log_group           = var.api.log_group
  log_retention_days  = var.api.log_retention_days
  requests_per_second = var.api.requests_per_second
  burst               = var.api.burst
  route_throttling    = var.api.route_throttling
  tracing             = var.tracing

  # The document names the same aliases. That they are given here, too, makes them exist first.
  authorizer = var.api.authorizer == null ? null : {
    name  = module.function[var.api.authorizer].name
    alias = module.function[var.api.authorizer].alias
  }
  functions = {
    for key, function in module.function : key => {
      name   = function.name
      alias  = function.alias
      routes = var.functions[key].routes
    }
  }
}

module "domain" {
  source = "../../modules/domain"
  count  = var.domain == null ? 0 : 1

  name               = var.domain.name
  zone_id            = var.domain.zone_id
  place              = var.domain.place
  record_ttl_seconds = var.domain.record_ttl_seconds
  health_check       = var.domain.health_check
  api_id             = module.api[0].id
  api_url            = module.api[0].url
  stage              = module.api[0].stage
}

module "page_topic" {
  source = "../../modules/alarm-topic"

  name       = var.page_topic
  recipients = var.notify.page
  key        = var.alarm_key
  account_id = var.account_id
  region     = var.region
}

module "alarm_topic" {
  source = "../../modules/alarm-topic"

  name       = var.alarm_topic
  recipients = var.notify.ticket
  key        = var.alarm_key
  account_id = var.account_id
  region     = var.region
}

module "alarms" {
  source = "../../modules/alarms"

  alarms    = var.alarms
  topic_arn = module.alarm_topic.arn
}

module "service_alarm" {
  source = "../../modules/service-alarm"
  count  = var.service_alarm == null ? 0 : 1

  name        = var.service_alarm.name
  description = var.service_alarm.description
  rule        = var.service_alarm.rule
  topic_arn   = module.page_topic.arn

  # The rule names alarms, and CloudWatch wants them to be there.
  depends_on = [module.alarms]
}

module "dashboard" {
  source = "../../modules/dashboard"

  name = var.dashboard.name
  body = var.dashboard.body
}
