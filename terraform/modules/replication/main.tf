# Copies what comes into buckets to buckets of other regions of the same account, deletions too: an object that
# is gone here, such as the lock of a state, is gone there. What was there before is not copied, see
# docs/reference/recovery.md.
#
# The role may read these versions and write those copies. S3 takes it on for whoever may pass it, which nobody
# outside of the account can.

locals {
  # One rule for each destination of a bucket.
  destinations = { for source, targets in var.buckets : source => { for target in targets : target.bucket => target.region } }
  arns         = { for source in keys(var.buckets) : source => "arn:aws:s3:::${source}" }
  targets      = distinct(flatten([for targets in values(var.buckets) : targets]))
}

resource "aws_iam_role" "this" {
  name        = var.role
  description = "Copies buckets to the region that takes over"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "s3.amazonaws.com" }
    }]
  })
}

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html (2026-11-27)
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html (2026-11-27)
resource "aws_iam_role_policy" "this" {
  name = "replicate"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "What"
        Effect   = "Allow"
        Action   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
        Resource = values(local.arns)
      },
      {
        Sid      = "Versions"
        Effect   = "Allow"
        Action   = ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"]
        Resource = [for arn in values(local.arns) : "${arn}/*"]
      },
      {
        Sid      = "Copies"
        Effect   = "Allow"
        Action   = ["s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"]
        Resource = [for target in local.targets : "arn:aws:s3:::${target.bucket}/*"]
      },
      {
        Sid       = "Decryption"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = ["arn:aws:kms:${var.region}:${var.account_id}:key/*"]
        Condition = { StringEquals = { "kms:ViaService" = "s3.${var.region}.amazonaws.com" } }
      },
      {
        Sid       = "Encryption"
        Effect    = "Allow"
        Action    = ["kms:Encrypt", "kms:GenerateDataKey"]
        Resource  = [for region in distinct(local.targets[*].region) : "arn:aws:kms:${region}:${var.account_id}:key/*"]
        Condition = { StringEquals = { "kms:ViaService" = [for region in distinct(local.targets[*].region) : "s3.${region}.amazonaws.com"] } }
      },
    ]
  })
}

resource "aws_s3_bucket_replication_configuration" "this" {
  for_each = local.destinations

  bucket = each.key
  role   = aws_iam_role.this.arn

  dynamic "rule" {
    for_each = each.value
    content {
      id       = rule.key
      priority = index(keys(each.value), rule.key)
      status   = "Enabled"

      filter {}

      delete_marker_replication {
        status = "Enabled"
      }

      source_selection_criteria {
        sse_kms_encrypted_objects {
          status = "Enabled"
        }
      }

      destination {
        bucket = "arn:aws:s3:::${rule.key}"

        encryption_configuration {
          replica_kms_key_id = "arn:aws:kms:${rule.value}:${var.account_id}:alias/aws/s3"
        }
      }
    }
  }

  # S3 takes a role at its word only when it may already.
  depends_on = [aws_iam_role_policy.this]
}
