variable "name" {
  description = "The bucket's name, which nobody else in the world has."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.name))
    error_message = "TF_BUCKET: \"${var.name}\" is no name of a bucket. Fix: 3 to 63 small letters, digits, - and .; a shorter prefix in service.ts."
  }
}

variable "require_tls" {
  description = "Refuse whoever comes without TLS. Off for emulators only: they speak plain HTTP, or do not look at a policy's conditions and so refuse everybody."
  type        = bool
  default     = true
}
