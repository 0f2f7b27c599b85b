# One DynamoDB table: one that must not be lost, one that may be, or one that others look after.
#
# `prevent_destroy` has to be a literal, so there are two resources, and the same table is one of
# them for its whole life: which one follows from the environment, which never changes within a
# state. Whoever changes `protected` all the same is stopped by it, or moves the state first
# (`terraform state mv`). Both read the same locals, so that they cannot drift apart.

locals {
  keys = concat(
    [var.partition_key],
    var.sort_key == null ? [] : [var.sort_key],
    [for index in values(var.indexes) : index.partition_key],
    [for index in values(var.indexes) : index.sort_key if index.sort_key != null],
  )
  attributes = { for key in distinct(local.keys) : key.name => key.type }
  # Version 2019.11.21 of global tables: on-demand, and with a stream of both images.
  # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables.html (2026-11-27)
  replica_regions = var.replica_region[*]
  kind            = var.existing ? "existing" : var.protected ? "protected" : "disposable"

  table = one(concat(
    aws_dynamodb_table.protected[*],
    aws_dynamodb_table.disposable[*],
    data.aws_dynamodb_table.existing[*],
  ))
}

# Neither made, changed nor deleted here.
data "aws_dynamodb_table" "existing" {
  count = local.kind == "existing" ? 1 : 0
  name  = var.name
}

resource "aws_dynamodb_table" "protected" {
  count = local.kind == "protected" ? 1 : 0

  name         = var.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = var.partition_key.name
  range_key    = try(var.sort_key.name, null)

  # DynamoDB itself refuses to delete it, whoever asks.
  deletion_protection_enabled = true

  dynamic "attribute" {
    for_each = local.attributes
    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.indexes
    content {
      name            = global_secondary_index.key
      hash_key        = global_secondary_index.value.partition_key.name
      range_key       = try(global_secondary_index.value.sort_key.name, null)
      projection_type = "ALL"
    }
  }

  dynamic "ttl" {
    for_each = var.time_to_live_attribute[*]
    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  stream_enabled   = var.replica_region != null
  stream_view_type = var.replica_region == null ? null : "NEW_AND_OLD_IMAGES"

  dynamic "replica" {
    for_each = local.replica_regions
    content {
      region_name            = replica.value
      point_in_time_recovery = true
      propagate_tags         = true
    }
  }

  # With AWS's key for DynamoDB: its use is in CloudTrail, which that of the default key is not.
  server_side_encryption {
    enabled = true
  }

  lifecycle {
    # A changed key, or a manifest without the table, ends as an error of the plan.
    prevent_destroy = true
  }
}

resource "aws_dynamodb_table" "disposable" {
  count = local.kind == "disposable" ? 1 : 0

  name         = var.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = var.partition_key.name
  range_key    = try(var.sort_key.name, null)

  deletion_protection_enabled = false

  dynamic "attribute" {
    for_each = local.attributes
    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.indexes
    content {
      name            = global_secondary_index.key
      hash_key        = global_secondary_index.value.partition_key.name
      range_key       = try(global_secondary_index.value.sort_key.name, null)
      projection_type = "ALL"
    }
  }

  dynamic "ttl" {
    for_each = var.time_to_live_attribute[*]
    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  # Recovery is rehearsed where nothing can be lost.
  point_in_time_recovery {
    enabled = true
  }

  stream_enabled   = var.replica_region != null
  stream_view_type = var.replica_region == null ? null : "NEW_AND_OLD_IMAGES"

  dynamic "replica" {
    for_each = local.replica_regions
    content {
      region_name            = replica.value
      point_in_time_recovery = true
      propagate_tags         = true
    }
  }

  server_side_encryption {
    enabled = true
  }
}
