# moto makes a plan and deletes it: UpdateBackupPlan is unknown to it. Of its tags it is as of those of a vault. Nobody gets
# the name of a deleted one again, as everybody does in AWS: each has another.
resource "aws_backup_plan" "this" {
  name = "${var.name}-${formatdate("YYYYMMDDhhmmss", timestamp())}"

  lifecycle {
    ignore_changes = [name, rule, tags, tags_all]
  }
}

# It has no selections: CreateBackupSelection is unknown to it, too.
resource "aws_backup_selection" "this" {
  count = 0
}
