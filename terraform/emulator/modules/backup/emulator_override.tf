# moto makes a plan and deletes it: UpdateBackupPlan is unknown to it. Of its tags it is as of those of a vault.
resource "aws_backup_plan" "this" {
  lifecycle {
    ignore_changes = [rule, tags, tags_all]
  }
}

# It has no selections: CreateBackupSelection is unknown to it, too.
resource "aws_backup_selection" "this" {
  count = 0
}
