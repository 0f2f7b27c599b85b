# What is read and written in the buckets: Terraform's state, releases, the environment's history, and what restores
# have made of its tables.

locals {
  # Where the service stands by, it has a state and a history of its own, and copies of the others.
  state_buckets    = concat([var.state_bucket_arn], var.standby[*].state_bucket_arn)
  artifact_buckets = concat([var.artifact_bucket_arn], var.standby[*].artifact_bucket_arn)
  state_objects = concat(
    ["${var.state_bucket_arn}/${var.state_key}"],
    [for standby in var.standby[*] : "${standby.state_bucket_arn}/${standby.state_key}"],
  )
  lock_objects = [for object in local.state_objects : "${object}.tflock"]
  recovery     = "recovery/${trimprefix(var.deployments, "deployments/")}"
  kept         = ["artifacts/*", "${var.releases}*"]
  here         = concat(local.kept, ["${var.deployments}*", "${local.recovery}*"])
  there        = concat(local.kept, [for standby in var.standby[*] : "${standby.deployments}*"])
  prefixes     = distinct(concat(local.here, local.there))

  # In the standby's bucket, what is the primary's own is a copy: it is read, and S3 writes it.
  new_objects = concat(
    [for prefix in local.here : "${var.artifact_bucket_arn}/${prefix}"],
    flatten([for standby in var.standby[*] : [for prefix in local.there : "${standby.artifact_bucket_arn}/${prefix}"]]),
  )
  copies  = flatten([for standby in var.standby[*] : [for prefix in local.here : "${standby.artifact_bucket_arn}/${prefix}"]])
  objects = distinct(concat(local.new_objects, local.copies))

  storage_reads = concat(
    [
      {
        Sid      = "StateBucket"
        Action   = ["s3:ListBucket"]
        Resource = local.state_buckets
      },
      {
        # Whoever lists says what, and gets its own. Where no prefix is said it is no listing: S3 asks for this
        # permission before it says that a bucket or an object is not there, which else were a refusal.
        # https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html (2026-11-26)
        Sid       = "ArtifactBucket"
        Action    = ["s3:ListBucket"]
        Resource  = local.artifact_buckets
        Condition = { StringLikeIfExists = { "s3:prefix" = local.prefixes } }
      },
      {
        Sid      = "Releases"
        Action   = ["s3:GetObject"]
        Resource = local.objects
      },
      {
        # AWS's own key for S3 serves everybody in the account who comes through S3; the boundary has to say so, too.
        # https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html (2026-11-26)
        Sid       = "Encryption"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = [for region in local.regions : "arn:aws:kms:${region}:${var.account_id}:key/*"]
        Condition = { StringEquals = { "kms:ViaService" = [for region in local.regions : "s3.${region}.amazonaws.com"] } }
      },
    ],
    [
      for role in var.previous_releases_role_arn == null ? [] : [var.previous_releases_role_arn] : {
        Sid      = "PreviousReleases"
        Action   = ["sts:AssumeRole"]
        Resource = [role]
      }
    ],
  )

  state = [{
    Sid      = "State"
    Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    Resource = concat(local.state_objects, local.lock_objects)
  }]

  # Only what is not there yet can be written, and nothing is deleted: an artifact stays what its digest
  # says, and what was done stays as it was recorded.
  # https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html (2026-11-26)
  records = concat(local.storage_reads, [{
    Sid       = "NewReleases"
    Action    = ["s3:PutObject"]
    Resource  = local.new_objects
    Condition = { Null = { "s3:if-none-match" = "false" } }
  }])

  # Planning locks the state, and leaves it as it is.
  lock = concat(local.storage_reads, [
    {
      Sid      = "State"
      Action   = ["s3:GetObject"]
      Resource = local.state_objects
    },
    {
      Sid      = "Lock"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
      Resource = local.lock_objects
    },
  ])

  # All but what is stored, each part a policy of its own.
  changes = {
    for part, statements in {
      service  = local.deployment
      tables   = concat(local.tables, local.backups)
      replicas = local.replicas
      domain   = local.domain
    } : part => statements if length(statements) > 0
  }

  # What deploying reads is what planning reads, but for items of replicas. AWS calls what changes nothing Get, List or
  # Describe.
  reads = {
    for part, statements in local.changes : part => [
      for statement in statements :
      merge(statement, { Action = [for action in statement.Action : action if can(regex(local.reading, action))] })
      if anytrue([for action in statement.Action : can(regex(local.reading, action))])
    ] if part != "replicas"
  }
  reading = "^[a-z0-9]+:(Get|List|Describe|GET$)"
}
