output "name" {
  description = "The bucket's name."
  value       = aws_s3_bucket.this.id

  # Who gets the name may rely on versions and encryption.
  depends_on = [
    aws_s3_bucket_versioning.this,
    aws_s3_bucket_server_side_encryption_configuration.this,
    aws_s3_bucket_public_access_block.this,
  ]
}

output "arn" {
  description = "The bucket's ARN."
  value       = aws_s3_bucket.this.arn
}

output "requires_tls" {
  description = "Whether it refuses whoever comes without TLS."
  value       = length(aws_s3_bucket_policy.this) == 1
}
