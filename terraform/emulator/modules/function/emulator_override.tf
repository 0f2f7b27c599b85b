# moto does not keep LoggingConfig: the provider reads none, and every plan would add it again and
# publish a version.
resource "aws_lambda_function" "this" {
  lifecycle {
    ignore_changes = [logging_config]
  }
}
