# moto takes the encryption of a table when it makes it, and never again: a table that was restored has none, and every
# plan would turn it on again. AWS keeps it with a restore, and takes it later.
resource "aws_dynamodb_table" "protected" {
  lifecycle {
    prevent_destroy = true
    ignore_changes  = [server_side_encryption]
  }
}

resource "aws_dynamodb_table" "disposable" {
  lifecycle {
    ignore_changes = [server_side_encryption]
  }
}
