output "id" {
  description = "The API's id."
  value       = aws_api_gateway_rest_api.this.id
}

output "name" {
  description = "The API's name, which its metrics are found by."
  value       = aws_api_gateway_rest_api.this.name
}

output "stage" {
  description = "The stage's name."
  value       = aws_api_gateway_stage.this.stage_name
}

output "url" {
  description = "Where the API is called, with its stage and without a slash at the end."
  value       = trimsuffix(aws_api_gateway_stage.this.invoke_url, "/")
}

output "log_group" {
  description = "The name of the access log's group."
  value       = aws_cloudwatch_log_group.access.name
}
