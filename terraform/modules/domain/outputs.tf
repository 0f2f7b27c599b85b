output "url" {
  description = "Where callers call the API in whichever region it answers, without a slash at the end."
  value       = "https://${aws_api_gateway_domain_name.this.domain_name}"
}

output "health_check_id" {
  description = "What decides which region answers; null where the service stands by."
  value       = one(aws_route53_health_check.this[*].id)
}
