variable "name" {
  description = "The name, in the zone and not the zone's own: Route 53 takes no CNAME there."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]{1,63}\\.){2,}[a-z0-9-]{2,63}$", var.name)) && length(var.name) <= 64
    error_message = "TF_DOMAIN: \"${var.name}\" is no name within a zone. Fix: write it as products.example.com in service.ts."
  }
}

variable "zone_id" {
  description = "The public hosted zone of the account that the records lie in."
  type        = string
}

variable "place" {
  description = "primary: asked for while it is healthy. standby: asked for when it is not."
  type        = string

  validation {
    condition     = contains(["primary", "standby"], var.place)
    error_message = "TF_PLACE: there is no place \"${var.place}\". Fix: primary or standby."
  }
}

variable "record_ttl_seconds" {
  description = "How long resolvers keep an answer."
  type        = number

  validation {
    condition     = var.record_ttl_seconds >= 1 && var.record_ttl_seconds <= 300
    error_message = "TF_TTL: callers would be over only after more than ${var.record_ttl_seconds} seconds. Fix: 1 to 300."
  }
}

variable "health_check" {
  description = "What Route 53 asks the primary for: the path with the stage; seconds between two questions, 10 or 30; how many bad answers count."
  type        = object({ path = string, interval_seconds = number, failure_threshold = number })

  validation {
    condition = (
      startswith(var.health_check.path, "/") && length(var.health_check.path) <= 255 &&
      contains([10, 30], var.health_check.interval_seconds) &&
      var.health_check.failure_threshold >= 1 && var.health_check.failure_threshold <= 10
    )
    error_message = "TF_HEALTH_CHECK: Route 53 takes a path of 255 characters at most, 10 or 30 seconds, and 1 to 10 failures. Fix: lambdakit derives it from the first open GET route."
  }
}

variable "api_id" {
  description = "The API that the name is for."
  type        = string
}

variable "api_url" {
  description = "Where the API of this region is called whatever the name says."
  type        = string
}

variable "stage" {
  description = "The stage, which is no part of the name's paths."
  type        = string
}
