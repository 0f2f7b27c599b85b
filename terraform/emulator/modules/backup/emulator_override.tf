# moto makes a plan and deletes it: UpdateBackupPlan is unknown to it.
resource "aws_backup_plan" "this" {
  lifecycle {
    ignore_changes = [rule]
  }
}

# It has no selections: CreateBackupSelection is unknown to it, too.
resource "aws_backup_selection" "this" {
  count = 0
}
