output "url" {
  description = "Where the API is called, with its stage and without a slash at the end; null where there is none."
  value       = one(module.api[*].url)
}

output "domain_url" {
  description = "Where callers call the API in whichever region it answers; null where it has no name of its own."
  value       = one(module.domain[*].url)
}

output "api_id" {
  description = "The API's id; null where there is none."
  value       = one(module.api[*].id)
}

output "functions" {
  description = "Of each function: its name, the alias's ARN, and the version that this apply has published, which a release makes live."
  value = {
    for key, function in module.function : key => {
      name      = function.name
      alias     = function.alias
      alias_arn = function.alias_arn
      version   = function.version
      role      = function.role_name
      log_group = function.log_group
      sha256    = var.artifacts[key].sha256
    }
  }
}

output "tables" {
  description = "Of each table: its name, and whether it is protected, disposable or existing."
  value       = { for key, table in module.table : key => { name = table.name, arn = table.arn, kind = table.kind } }
}

output "page_topic_arn" {
  description = "The topic that the service's alarm goes to: whoever is subscribed is woken."
  value       = module.page_topic.arn
}

output "alarm_topic_arn" {
  description = "The topic that all alarms go to that wake nobody."
  value       = module.alarm_topic.arn
}

output "alarms" {
  description = "The alarms' ARNs by name."
  value       = merge(module.alarms.arns, module.service_alarm[*].arns...)
}

output "dashboard" {
  description = "The dashboard's name."
  value       = module.dashboard.name
}
