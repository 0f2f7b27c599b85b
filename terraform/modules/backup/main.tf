# When AWS Backup copies a service's own tables. Where copies go and as whom it copies is the account's
# (stacks/account): whoever may deploy may change a schedule, and delete no backup.
#
# A backup of DynamoDB is a whole copy each time. So many are kept for days, and one of each day for weeks; where both
# would be made within the same hour, AWS makes the one that is kept longer.
# https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html (2026-11-27)

locals {
  vault_arn_prefix = "arn:aws:backup:%s:${var.account_id}:backup-vault:%s"

  # Minutes. The shortest that AWS takes, so that an hourly backup begins within its hour; and what AWS gives a job to end
  # by itself, 7 days, is too long to hear of it.
  start_window      = 60
  completion_window = 720
}

resource "aws_backup_plan" "this" {
  name = var.name

  dynamic "rule" {
    for_each = var.schedule == var.daily_schedule ? [] : [var.schedule]
    content {
      rule_name         = "recent"
      target_vault_name = var.vault
      schedule          = rule.value
      start_window      = local.start_window
      completion_window = local.completion_window

      lifecycle {
        delete_after = var.recent_days
      }
    }
  }

  rule {
    rule_name         = "daily"
    target_vault_name = var.vault
    schedule          = var.daily_schedule
    start_window      = local.start_window
    completion_window = local.completion_window

    lifecycle {
      delete_after = var.retention_days
    }

    dynamic "copy_action" {
      for_each = var.copy_to[*]
      content {
        destination_vault_arn = format(local.vault_arn_prefix, copy_action.value.region, copy_action.value.vault)

        lifecycle {
          delete_after = var.retention_days
        }
      }
    }
  }
}

# By their ARNs, and by no pattern: a table that was put aside after a restore is not copied on and on.
resource "aws_backup_selection" "this" {
  count = 1

  name         = var.name
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = "arn:aws:iam::${var.account_id}:role/${var.role}"
  resources    = var.table_arns
}
