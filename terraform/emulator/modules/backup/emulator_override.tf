# moto has no selections: CreateBackupSelection is unknown to it.
resource "aws_backup_selection" "this" {
  count = 0
}
