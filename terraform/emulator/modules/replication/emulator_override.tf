# moto keeps of a rule what is copied where, and neither that deletions are nor that what is encrypted is: every
# plan would add them again.
resource "aws_s3_bucket_replication_configuration" "this" {
  lifecycle {
    ignore_changes = [rule]
  }
}
