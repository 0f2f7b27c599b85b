# What deploying needs besides, where the service stands by in a second region, or has a name that moves there.

locals {
  replica_arns = flatten([
    for standby in var.standby[*] : [for name in var.table_names : "arn:aws:dynamodb:${standby.region}:${var.account_id}:table/${name}"]
  ])

  # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2gt_IAM.html (2026-11-27)
  replicas = [
    for statement in [
      {
        Sid      = "Replicas"
        Action   = ["dynamodb:CreateTableReplica", "dynamodb:DeleteTableReplica"]
        Resource = local.replica_arns
      },
      {
        # Whoever makes a replica lends DynamoDB these. By themselves they cannot be used: deploying reads no item.
        Sid = "ReplicaData"
        Action = [
          "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem",
          "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem",
        ]
        Resource  = local.replica_arns
        Condition = { Bool = { "aws:ViaAWSService" = "true" } }
      },
      {
        # With the account's first replica.
        Sid       = "ReplicationRole"
        Action    = ["iam:CreateServiceLinkedRole"]
        Resource  = ["arn:aws:iam::${var.account_id}:role/aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication"]
        Condition = { StringEquals = { "iam:AWSServiceName" = "replication.dynamodb.amazonaws.com" } }
      },
    ] : statement if length(local.replica_arns) > 0
  ]

  domain = flatten([
    for domain in var.domain[*] : [
      {
        # Neither has an ARN before it is there.
        # https://docs.aws.amazon.com/acm/latest/userguide/acm-conditions.html (2026-11-27)
        Sid       = "NewCertificate"
        Action    = ["acm:RequestCertificate"]
        Resource  = ["*"]
        Condition = { "ForAllValues:StringEquals" = { "acm:DomainNames" = [domain.name] } }
      },
      {
        Sid      = "NewHealthCheck"
        Action   = ["route53:CreateHealthCheck"]
        Resource = ["*"]
      },
      {
        Sid = "Certificates"
        Action = [
          "acm:AddTagsToCertificate", "acm:DeleteCertificate", "acm:DescribeCertificate", "acm:ListTagsForCertificate",
          "acm:RemoveTagsFromCertificate",
        ]
        Resource = [for region in local.regions : "arn:aws:acm:${region}:${var.account_id}:certificate/*"]
      },
      {
        Sid      = "DomainNames"
        Action   = ["apigateway:DELETE", "apigateway:GET", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT"]
        Resource = flatten([for region in local.regions : [for path in ["", "/${domain.name}", "/${domain.name}/*"] : "arn:aws:apigateway:${region}::/domainnames${path}"]])
      },
      {
        # Of the zone's records those of the name, and those that prove to ACM whose it is.
        # https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html (2026-11-27)
        Sid       = "Records"
        Action    = ["route53:ChangeResourceRecordSets"]
        Resource  = ["arn:aws:route53:::hostedzone/${domain.zone_id}"]
        Condition = { "ForAllValues:StringLike" = { "route53:ChangeResourceRecordSetsNormalizedRecordNames" = [domain.name, "_*.${domain.name}"] } }
      },
      {
        Sid      = "Zone"
        Action   = ["route53:GetHostedZone", "route53:ListResourceRecordSets"]
        Resource = ["arn:aws:route53:::hostedzone/${domain.zone_id}"]
      },
      {
        # Health checks and changes have ids that AWS gives.
        Sid = "HealthChecks"
        Action = [
          "route53:ChangeTagsForResource", "route53:DeleteHealthCheck", "route53:GetChange", "route53:GetHealthCheck",
          "route53:ListTagsForResource", "route53:UpdateHealthCheck",
        ]
        Resource = ["arn:aws:route53:::change/*", "arn:aws:route53:::healthcheck/*"]
      },
    ]
  ])
}
