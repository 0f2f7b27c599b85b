# Reads variables as they are generated, so that these tests and the toolkit's are about the same.

variable "file" {
  description = "A tfvars.json file, from the repository's root."
  type        = string
}

output "values" {
  description = "What is in it."
  value       = jsondecode(file("${path.module}/../../../../../${var.file}"))
}
