# What AWS Backup does with a service's tables: it copies them into the service's vaults, and makes a table from a copy.
# AWS's own two policies would let it do that with everything in the account that can be backed up.
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html (2026-11-27)
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForRestores.html (2026-11-27)

locals {
  vaults = [for region in var.regions : "arn:aws:backup:${region}:${var.account_id}:backup-vault:${var.vault}"]
  tables = flatten([
    for region in var.regions : [
      for name in var.table_names : "arn:aws:dynamodb:${region}:${var.account_id}:table/${name}"
    ]
  ])
  recovery_points = [for region in var.regions : "arn:aws:backup:${region}:${var.account_id}:recovery-point:*"]
}

resource "aws_iam_role" "this" {
  name        = var.name
  description = "Lets AWS Backup copy and restore the tables of ${var.vault}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "backup.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "backup"
  role = aws_iam_role.this.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Backup"
        Effect = "Allow"
        Action = [
          "dynamodb:CreateBackup", "dynamodb:DescribeTable", "dynamodb:ListTagsOfResource", "dynamodb:StartAwsBackupJob",
        ]
        Resource = local.tables
      },
      {
        # Backups of an account whose AWS Backup is older than its features for DynamoDB.
        Sid      = "DynamoDbBackups"
        Effect   = "Allow"
        Action   = ["dynamodb:DeleteBackup", "dynamodb:DescribeBackup", "dynamodb:RestoreTableFromBackup"]
        Resource = [for table in local.tables : "${table}/backup/*"]
      },
      {
        # DynamoDB asks for them of whoever restores, of the table that is made.
        # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html (2026-11-27)
        Sid    = "Restore"
        Effect = "Allow"
        Action = [
          "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
          "dynamodb:RestoreTableFromAwsBackup", "dynamodb:RestoreTableFromBackup", "dynamodb:Scan", "dynamodb:UpdateItem",
        ]
        Resource = local.tables
      },
      {
        Sid      = "Vaults"
        Effect   = "Allow"
        Action   = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"]
        Resource = local.vaults
      },
      {
        # A recovery point is named by an id that AWS gives.
        Sid      = "RecoveryPoints"
        Effect   = "Allow"
        Action   = ["backup:CopyFromBackupVault", "backup:TagResource"]
        Resource = local.recovery_points
      },
      {
        Sid       = "TableKeys"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = [for region in var.regions : "arn:aws:kms:${region}:${var.account_id}:key/*"]
        Condition = { StringEquals = { "kms:ViaService" = [for region in var.regions : "dynamodb.${region}.amazonaws.com"] } }
      },
      {
        Sid      = "Keys"
        Effect   = "Allow"
        Action   = ["kms:DescribeKey"]
        Resource = [for region in var.regions : "arn:aws:kms:${region}:${var.account_id}:key/*"]
      },
      {
        Sid       = "Grants"
        Effect    = "Allow"
        Action    = ["kms:CreateGrant"]
        Resource  = [for region in var.regions : "arn:aws:kms:${region}:${var.account_id}:key/*"]
        Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
      },
    ]
  })
}
