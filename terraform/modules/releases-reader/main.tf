# The role that the account of the next environment reads this one's releases as: promoting copies from here.
#
# Neither a policy of the bucket nor the key could say this: objects that are encrypted with AWS's own key
# for S3 are read by nobody from outside of the account.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html (2026-11-26)

locals {
  readers  = "arn:aws:iam::${var.reader_account_id}"
  prefixes = ["artifacts/*", "${var.releases}*", "${var.deployments}*"]
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "Lets ${var.reader_account_id} read releases, to promote them"
  permissions_boundary = var.read_boundary_arn
  max_session_duration = 3600

  # The account, narrowed to some of its roles. Named as principals, they would have to be there before this
  # one, and each account would wait for the other.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "${local.readers}:root" }
      Condition = {
        ArnLike = {
          "aws:PrincipalArn" = concat(var.reader_role_arns, [for role in var.people : "${local.readers}:role/${role}"])
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "releases"
  role = aws_iam_role.this.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Releases"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = [for prefix in local.prefixes : "${var.artifact_bucket_arn}/${prefix}"]
      },
      {
        # As for deploying: what is not there is said not to be there.
        Sid       = "ArtifactBucket"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.artifact_bucket_arn]
        Condition = { StringLikeIfExists = { "s3:prefix" = local.prefixes } }
      },
      {
        Sid       = "Encryption"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = ["arn:aws:kms:${var.region}:${var.account_id}:key/*"]
        Condition = { StringEquals = { "kms:ViaService" = "s3.${var.region}.amazonaws.com" } }
      },
    ]
  })
}
