# What messages of alarms are encrypted with: one key for all services of an account and region, so
# that none of their deploy roles needs to make or change keys.
#
# A key of our own. With AWS's key for SNS, CloudWatch cannot publish: that key's policy cannot be
# changed, so alarms would change their state and nobody would hear of it.
# https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
resource "aws_kms_key" "this" {
  description             = "Messages of alarms"
  enable_key_rotation     = true
  deletion_window_in_days = 7

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # Without it, nobody could ever change the key again: the account's own policies decide.
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "Alarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      },
    ]
  })
}

resource "aws_kms_alias" "this" {
  name          = var.alias
  target_key_id = aws_kms_key.this.key_id
}
