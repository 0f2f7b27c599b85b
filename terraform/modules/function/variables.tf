variable "name" {
  description = "The function's name in AWS, such as bbws-product-list-dev."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9-_]{1,64}$", var.name))
    error_message = "TF_NAME: \"${var.name}\" has ${length(var.name)} characters; a function's name has 1 to 64 letters, digits, - and _. Fix: shorten prefix, name or the function's key in service.ts."
  }
}

variable "description" {
  description = "What the function does, in one line."
  type        = string

  validation {
    condition     = length(var.description) <= 256
    error_message = "TF_DESCRIPTION: the description has ${length(var.description)} characters, Lambda takes 256. Fix: shorten it in service.ts."
  }
}

variable "handler" {
  description = "The module in the zip and the export that Lambda calls, such as index.handler."
  type        = string

  validation {
    condition     = can(regex("^[\\w./-]+\\.\\w+$", var.handler))
    error_message = "TF_HANDLER: \"${var.handler}\" is no module and export. Fix: write something like index.handler."
  }
}

variable "runtime" {
  description = "Lambda's runtime, such as nodejs22.x. The provider knows which there are."
  type        = string
}

variable "architecture" {
  description = "The processor: arm64 or x86_64."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "TF_ARCHITECTURE: Lambda has no architecture \"${var.architecture}\". Fix: arm64 or x86_64."
  }
}

variable "memory_mb" {
  description = "Memory in MB. CPU grows with it."
  type        = number

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240 && floor(var.memory_mb) == var.memory_mb
    error_message = "TF_MEMORY: ${var.memory_mb} MB; Lambda has 128 to 10240, in whole numbers. Fix: correct memoryMb in service.ts."
  }
}

variable "timeout_seconds" {
  description = "Seconds before Lambda stops an invocation."
  type        = number

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "TF_TIMEOUT: ${var.timeout_seconds} s; Lambda has 1 to 900, in whole numbers. Fix: correct timeoutSeconds in service.ts."
  }
}

variable "reserved_concurrency" {
  description = "Invocations that may run at once, taken out of the account's limit; null for no limit of its own, 0 switches the function off."
  type        = number
  default     = null

  validation {
    condition     = var.reserved_concurrency == null ? true : var.reserved_concurrency >= 0
    error_message = "TF_CONCURRENCY: reserved concurrency cannot be below 0. Fix: leave reservedConcurrency out of service.ts where there shall be none."
  }
}

variable "ephemeral_storage_mb" {
  description = "The size of /tmp in MB."
  type        = number
  default     = 512

  validation {
    condition     = var.ephemeral_storage_mb >= 512 && var.ephemeral_storage_mb <= 10240
    error_message = "TF_STORAGE: ${var.ephemeral_storage_mb} MB of /tmp; Lambda has 512 to 10240. Fix: correct ephemeralStorageMb in service.ts."
  }
}

variable "environment_variables" {
  description = "What the function finds in its environment. Nothing secret: who may read the function may read them."
  type        = map(string)
  default     = {}

  # Emulators take any size, AWS refuses at the very end of an apply.
  validation {
    condition     = sum(concat([0], [for name, value in var.environment_variables : length(name) + length(value)])) <= 4096
    error_message = "TF_VARIABLES: names and values of the environment variables are over 4096 characters, which is Lambda's limit. Fix: allow fewer origins, or keep long values elsewhere."
  }
}

variable "log_group" {
  description = "The log group's name, such as /aws/lambda/bbws-product-list-dev."
  type        = string

  validation {
    condition     = can(regex("^[\\w./#-]{1,512}$", var.log_group))
    error_message = "TF_LOG_GROUP: \"${var.log_group}\" is no name of a log group. Fix: 1 to 512 letters, digits and _ - / . #"
  }
}

variable "log_retention_days" {
  description = "Days that log lines are kept. The provider knows which numbers CloudWatch takes."
  type        = number

  validation {
    condition     = var.log_retention_days > 0
    error_message = "TF_RETENTION: ${var.log_retention_days} days would keep logs for ever. Fix: state logRetentionDays in service.ts."
  }
}

variable "application_log_level" {
  description = "From which level on Lambda keeps the function's own lines."
  type        = string

  validation {
    condition     = contains(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"], var.application_log_level)
    error_message = "TF_LOG_LEVEL: Lambda has no level \"${var.application_log_level}\". Fix: DEBUG, INFO, WARN or ERROR as logLevel in service.ts."
  }
}

variable "system_log_level" {
  description = "From which level on Lambda writes its own lines; at INFO, one for each invocation says what it took."
  type        = string
  default     = "INFO"

  validation {
    condition     = contains(["DEBUG", "INFO", "WARN"], var.system_log_level)
    error_message = "TF_LOG_LEVEL: Lambda has no system level \"${var.system_log_level}\". Fix: DEBUG, INFO or WARN."
  }
}

variable "role" {
  description = "The name of the function's own role."
  type        = string

  validation {
    condition     = can(regex("^[\\w+=,.@-]{1,64}$", var.role))
    error_message = "TF_ROLE: \"${var.role}\" is no name of a role. Fix: 1 to 64 letters, digits and _ + = , . @ -"
  }
}

variable "statements" {
  description = "All that the role allows. There is nothing else: no managed policy, no wildcard that is not here."
  type = list(object({
    actions    = list(string)
    resources  = list(string)
    conditions = map(map(list(string)))
  }))

  # IAM takes actions that do not exist, and a policy with the action * too.
  validation {
    condition = alltrue(flatten([
      for statement in var.statements : [for action in statement.actions : can(regex("^[a-z0-9-]+:[A-Za-z]+$", action))]
    ]))
    error_message = "TF_ACTION: every action of a function is written out, such as dynamodb:GetItem. Fix: name what the function calls under its tables in service.ts."
  }

  validation {
    condition = alltrue(flatten([
      for statement in var.statements : [
        for action in statement.actions : !contains(statement.resources, "*") || startswith(action, "xray:")
      ]
    ]))
    error_message = "TF_RESOURCE: only X-Ray has no resources to name; everything else is granted on ARNs. Fix: generate the variables anew with lambdakit generate."
  }
}

variable "permissions_boundary_arn" {
  description = "The policy that the role cannot go beyond; null where the account has none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:aws[a-z-]*:iam::(\\d{12}|aws):policy/", var.permissions_boundary_arn))
    error_message = "TF_BOUNDARY: \"${coalesce(var.permissions_boundary_arn, "null")}\" is no ARN of a policy. Fix: the output function_boundary_arn of stacks/account."
  }
}

variable "artifact" {
  description = "The function's zip: where it lies, and its SHA-256 in hexadecimal digits."
  type = object({
    bucket = string
    key    = string
    sha256 = string
  })

  validation {
    condition     = can(regex("^[0-9a-f]{64}$", var.artifact.sha256))
    error_message = "TF_DIGEST: \"${var.artifact.sha256}\" is no SHA-256. Fix: 64 hexadecimal digits, as sha256sum prints them and artifacts.json has them."
  }

  # Whoever overwrites an object changes what runs without a plan that shows it.
  validation {
    condition     = strcontains(var.artifact.key, var.artifact.sha256)
    error_message = "TF_ARTIFACT_KEY: the key \"${var.artifact.key}\" does not hold the zip's SHA-256. Fix: upload it as artifacts/${var.artifact.sha256}.zip."
  }
}

variable "alias" {
  description = "The alias that callers use."
  type        = string
  default     = "live"

  validation {
    condition     = can(regex("^[a-zA-Z0-9-_]{1,128}$", var.alias)) && !can(regex("^[0-9]+$", var.alias))
    error_message = "TF_ALIAS: \"${var.alias}\" is no alias. Fix: letters, digits, - and _, not digits alone."
  }
}

variable "tracing" {
  description = "Whether X-Ray follows requests through the function."
  type        = bool
  default     = true
}
