# Where alarms go: an encrypted topic that CloudWatch may publish to.

locals {
  alarms = "arn:aws:cloudwatch:${var.region}:${var.account_id}:alarm:*"
}

resource "aws_sns_topic" "this" {
  name              = var.name
  kms_master_key_id = var.key
}

resource "aws_sns_topic_policy" "this" {
  arn = aws_sns_topic.this.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Alarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.this.arn
        Condition = {
          StringEquals = { "aws:SourceAccount" = var.account_id }
          ArnLike      = { "aws:SourceArn" = local.alarms }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.this.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

# SNS asks each address whether it wants to hear; until it has said so, nothing is sent there.
resource "aws_sns_topic_subscription" "this" {
  for_each = var.recipients

  topic_arn = aws_sns_topic.this.arn
  protocol  = startswith(each.value, "mailto:") ? "email" : "https"
  endpoint  = trimprefix(each.value, "mailto:")
}
