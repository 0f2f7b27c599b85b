variable "name" {
  description = "The table's name in AWS."
  type        = string

  validation {
    condition     = can(regex("^[\\w.-]{3,255}$", var.name))
    error_message = "TF_NAME: \"${var.name}\" is no name of a table. Fix: 3 to 255 letters, digits, _ - and . in service.ts."
  }
}

variable "existing" {
  description = "The table is there already, and others look after it: it is looked up only."
  type        = bool
  default     = false
}

variable "protected" {
  description = "Neither DynamoDB nor Terraform lets the table be deleted. The same for the table's whole life."
  type        = bool
}

variable "partition_key" {
  description = "The partition key: an attribute, and its type S, N or B."
  type        = object({ name = string, type = string })

  validation {
    condition     = contains(["S", "N", "B"], var.partition_key.type)
    error_message = "TF_KEY_TYPE: a key is of type S, N or B, not \"${var.partition_key.type}\". Fix: correct partitionKey in service.ts."
  }
}

variable "sort_key" {
  description = "The sort key; null for none."
  type        = object({ name = string, type = string })
  default     = null

  validation {
    condition     = var.sort_key == null ? true : contains(["S", "N", "B"], var.sort_key.type) && var.sort_key.name != var.partition_key.name
    error_message = "TF_KEY_TYPE: the sort key is another attribute than the partition key, of type S, N or B. Fix: correct sortKey in service.ts."
  }
}

variable "indexes" {
  description = "Global secondary indexes by name. All attributes are projected."
  type = map(object({
    partition_key = object({ name = string, type = string })
    sort_key      = optional(object({ name = string, type = string }))
  }))
  default = {}

  validation {
    condition     = length(var.indexes) <= 20
    error_message = "TF_INDEXES: ${length(var.indexes)} indexes; a table has 20 at most. Fix: take some away in service.ts."
  }

  # AWS refuses the same attribute with two types, in the middle of an apply.
  validation {
    condition = length(distinct([
      for key in concat(
        [var.partition_key],
        var.sort_key == null ? [] : [var.sort_key],
        [for index in values(var.indexes) : index.partition_key],
        [for index in values(var.indexes) : index.sort_key if index.sort_key != null],
      ) : "${key.name} ${key.type}"
      ])) == length(distinct([
      for key in concat(
        [var.partition_key],
        var.sort_key == null ? [] : [var.sort_key],
        [for index in values(var.indexes) : index.partition_key],
        [for index in values(var.indexes) : index.sort_key if index.sort_key != null],
      ) : key.name
    ]))
    error_message = "TF_KEY_CONFLICT: an attribute has one type in the whole table. Fix: use the same type for it everywhere in service.ts."
  }
}

variable "time_to_live_attribute" {
  description = "The attribute, in epoch seconds, after which DynamoDB deletes an item; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.time_to_live_attribute == null ? true : length(var.time_to_live_attribute) > 0
    error_message = "TF_TTL: the attribute has no name. Fix: leave timeToLiveAttribute out of service.ts where items shall stay."
  }
}

variable "replica_region" {
  description = "The region that has a replica, which takes over when this one is lost; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.replica_region == null ? true : !var.existing
    error_message = "TF_REPLICA: a table that others look after gets no replica from here. Fix: lambdakit derives which tables have one."
  }
}
