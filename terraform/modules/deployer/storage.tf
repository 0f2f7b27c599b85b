# What is read and written in the buckets: Terraform's state, releases, the environment's history, and what restores
# have made of its tables.

locals {
  state_object = "${var.state_bucket_arn}/${var.state_key}"
  lock_object  = "${local.state_object}.tflock"
  recovery     = "recovery/${trimprefix(var.deployments, "deployments/")}"
  prefixes     = ["artifacts/*", "${var.releases}*", "${var.deployments}*", "${local.recovery}*"]
  objects      = [for prefix in local.prefixes : "${var.artifact_bucket_arn}/${prefix}"]

  storage_reads = concat(
    [
      {
        Sid      = "StateBucket"
        Action   = ["s3:ListBucket"]
        Resource = [var.state_bucket_arn]
      },
      {
        # Whoever lists says what, and gets its own. Where no prefix is said it is no listing: S3 asks for this
        # permission before it says that a bucket or an object is not there, which else were a refusal.
        # https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html (2026-11-26)
        Sid       = "ArtifactBucket"
        Action    = ["s3:ListBucket"]
        Resource  = [var.artifact_bucket_arn]
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
        Resource  = ["arn:aws:kms:${var.region}:${var.account_id}:key/*"]
        Condition = { StringEquals = { "kms:ViaService" = "s3.${var.region}.amazonaws.com" } }
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
    Resource = [local.state_object, local.lock_object]
  }]

  # Only what is not there yet can be written, and nothing is deleted: an artifact stays what its digest
  # says, and what was done stays as it was recorded.
  # https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html (2026-11-26)
  records = concat(local.storage_reads, [{
    Sid       = "NewReleases"
    Action    = ["s3:PutObject"]
    Resource  = local.objects
    Condition = { Null = { "s3:if-none-match" = "false" } }
  }])

  # Planning locks the state, and leaves it as it is.
  lock = concat(local.storage_reads, [
    {
      Sid      = "State"
      Action   = ["s3:GetObject"]
      Resource = [local.state_object]
    },
    {
      Sid      = "Lock"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
      Resource = [local.lock_object]
    },
  ])

  # What deploying reads is what planning reads. AWS calls what changes nothing Get, List or Describe.
  reads = [
    for statement in concat(local.deployment, local.tables) :
    merge(statement, { Action = [for action in statement.Action : action if can(regex(local.reading, action))] })
    if anytrue([for action in statement.Action : can(regex(local.reading, action))])
  ]
  reading = "^[a-z0-9]+:(Get|List|Describe|GET$)"
}
