variable "name" {
  description = "The API's name in AWS."
  type        = string

  validation {
    condition     = length(var.name) >= 1 && length(var.name) <= 1024
    error_message = "TF_NAME: an API's name has 1 to 1024 characters. Fix: shorten prefix or name in service.ts."
  }
}

variable "stage" {
  description = "The stage, which is the first part of the path of the deployed URL."
  type        = string
  default     = "v1"

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,128}$", var.stage))
    error_message = "TF_STAGE: \"${var.stage}\" is no stage. Fix: 1 to 128 letters, digits, _ and - as api.stage in service.ts."
  }
}

variable "body" {
  description = "The OpenAPI 3.0 document with API Gateway's extensions. Of no fixed type: it is given on as it is."
  type        = any

  validation {
    condition     = startswith(try(var.body.openapi, ""), "3.0.")
    error_message = "TF_OPENAPI: the document is not OpenAPI 3.0, which is what API Gateway imports. Fix: lambdakit generate."
  }

  # Emulators take an integration that AWS Lambda would answer with 403 or 405.
  validation {
    condition = alltrue(flatten([
      for path, methods in try(var.body.paths, {}) : [
        for method, operation in methods :
        try(operation["x-amazon-apigateway-integration"].type, "") == "aws_proxy" ? operation["x-amazon-apigateway-integration"].httpMethod == "POST" : true
      ]
    ]))
    error_message = "TF_INTEGRATION: API Gateway invokes Lambda with POST only, whatever the route's method is. Fix: httpMethod = \"POST\" in every aws_proxy integration."
  }

  # Left out, it would be open to everybody, and nobody would have said so.
  validation {
    condition = alltrue(flatten([
      for path, methods in try(var.body.paths, {}) : [
        for method, operation in methods :
        length(try(operation.security, [])) > 0 || try(operation["x-amazon-apigateway-auth"].type, "") == "NONE"
      ]
    ]))
    error_message = "TF_OPEN: a route does not say who may call it, and would be open to everybody. Fix: state auth in service.ts, and lambdakit generate."
  }

  # Emulators take a scheme that is not there, and leave the route open.
  validation {
    condition = alltrue(flatten([
      for path, methods in try(var.body.paths, {}) : [
        for method, operation in methods : [
          for scheme in try(operation.security, []) : alltrue([for name in keys(scheme) : can(var.body.components.securitySchemes[name])])
        ]
      ]
    ]))
    error_message = "TF_SECURITY_SCHEME: a route names a security scheme that the document does not have. Fix: lambdakit generate."
  }
}

variable "functions" {
  description = "Who may be invoked for which routes, by any key."
  type = map(object({
    name   = string
    alias  = string
    routes = list(string)
  }))

  validation {
    condition = alltrue(flatten([
      for key, function in var.functions : [for route in function.routes : can(regex("^(GET|POST|PUT|PATCH|DELETE|HEAD) /", route))]
    ]))
    error_message = "TF_ROUTE: a route is a method, a space and a path. Fix: write it as \"GET /v1.0/products\"."
  }
}

variable "authorizer" {
  description = "The function that the document's authorizer calls, which API Gateway may then invoke; null where no route asks for a token."
  type        = object({ name = string, alias = string })
  default     = null
}

variable "route_throttling" {
  description = "Limits of single routes, by the route; the others have those of the whole API."
  type        = map(object({ requests_per_second = number, burst = number }))
  default     = {}

  validation {
    condition     = alltrue([for route in keys(var.route_throttling) : can(regex("^(GET|POST|PUT|PATCH|DELETE|HEAD) /", route))])
    error_message = "TF_ROUTE: a route is a method, a space and a path. Fix: write it as \"GET /v1.0/products\"."
  }

  validation {
    condition = alltrue([
      for limit in values(var.route_throttling) :
      limit.requests_per_second >= 1 && limit.requests_per_second <= 10000 && limit.burst >= 1 && limit.burst <= 5000
    ])
    error_message = "TF_THROTTLING: a route takes 1 to 10000 requests a second, and a burst of 1 to 5000. Fix: correct its throttling in service.ts."
  }
}

variable "log_group" {
  description = "The name of the access log's group."
  type        = string

  validation {
    condition     = can(regex("^[\\w./#-]{1,512}$", var.log_group))
    error_message = "TF_LOG_GROUP: \"${var.log_group}\" is no name of a log group. Fix: 1 to 512 letters, digits and _ - / . #"
  }
}

variable "log_retention_days" {
  description = "Days that the access log is kept."
  type        = number

  validation {
    condition     = var.log_retention_days > 0
    error_message = "TF_RETENTION: ${var.log_retention_days} days would keep logs for ever. Fix: state logRetentionDays in service.ts."
  }
}

variable "requests_per_second" {
  description = "Requests of all callers together in the long run, before some are refused with 429."
  type        = number

  validation {
    condition     = var.requests_per_second >= 1 && var.requests_per_second <= 10000
    error_message = "TF_THROTTLING: ${var.requests_per_second} requests a second; an account has 10000 at most. Fix: correct api.throttling in service.ts."
  }
}

variable "burst" {
  description = "Requests of all callers together at once, before some are refused with 429."
  type        = number

  validation {
    condition     = var.burst >= 1 && var.burst <= 5000
    error_message = "TF_THROTTLING: a burst of ${var.burst} requests; an account has 5000 at most. Fix: correct api.throttling in service.ts."
  }
}

variable "tracing" {
  description = "Whether X-Ray follows requests through the API."
  type        = bool
  default     = true
}
