# What deploying and planning need: for the resource types of stacks/service, on names of the service.

locals {
  role_arn_prefix = "arn:aws:iam::${var.account_id}:role/${var.resource_prefix}-*"
  # The second is where the service stands by.
  regions = concat([var.region], var.standby[*].region)
  log_groups = flatten([
    for region in local.regions : [
      for kind in ["lambda", "apigateway"] : "arn:aws:logs:${region}:${var.account_id}:log-group:/aws/${kind}/${var.resource_prefix}-*"
    ]
  ])

  deployment = [
    {
      Sid = "Functions"
      Action = [
        "lambda:AddPermission", "lambda:CreateAlias", "lambda:CreateFunction", "lambda:DeleteAlias",
        "lambda:DeleteFunction", "lambda:DeleteFunctionConcurrency", "lambda:GetAlias", "lambda:GetFunction",
        "lambda:GetFunctionCodeSigningConfig", "lambda:GetFunctionConfiguration", "lambda:GetPolicy",
        "lambda:ListVersionsByFunction", "lambda:PublishVersion", "lambda:PutFunctionConcurrency", "lambda:RemovePermission",
        "lambda:TagResource", "lambda:UntagResource", "lambda:UpdateAlias",
        "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration",
      ]
      Resource = [for region in local.regions : "arn:aws:lambda:${region}:${var.account_id}:function:${var.resource_prefix}-*"]
    },
    {
      # A role without the boundary could be given everything, and the function with it.
      Sid       = "NewRoles"
      Action    = ["iam:CreateRole"]
      Resource  = [local.role_arn_prefix]
      Condition = { StringEquals = { "iam:PermissionsBoundary" = var.function_boundary_arn } }
    },
    {
      Sid = "Roles"
      Action = [
        "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:GetRole",
        "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies", "iam:PutRolePolicy", "iam:TagRole", "iam:UntagRole",
        "iam:UpdateRoleDescription",
      ]
      Resource = [local.role_arn_prefix]
    },
    {
      Sid       = "RolesForLambda"
      Action    = ["iam:PassRole"]
      Resource  = [local.role_arn_prefix]
      Condition = { StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" } }
    },
    {
      # APIs are named by ids that AWS gives: there is no prefix to hold them to.
      Sid    = "Apis"
      Action = ["apigateway:DELETE", "apigateway:GET", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT"]
      Resource = flatten([
        for region in local.regions : [
          for path in ["restapis", "restapis/*", "tags/*"] : "arn:aws:apigateway:${region}::/${path}"
        ]
      ])
    },
    {
      Sid = "LogGroups"
      Action = [
        "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:ListTagsForResource",
        "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource",
      ]
      Resource = concat(local.log_groups, [for group in local.log_groups : "${group}:*"])
    },
    {
      Sid = "AlarmsAndDashboards"
      Action = [
        "cloudwatch:DeleteAlarms", "cloudwatch:DeleteDashboards", "cloudwatch:GetDashboard",
        "cloudwatch:ListTagsForResource", "cloudwatch:PutDashboard", "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource", "cloudwatch:UntagResource",
      ]
      Resource = concat(
        [for region in local.regions : "arn:aws:cloudwatch:${region}:${var.account_id}:alarm:${var.resource_prefix}-*"],
        ["arn:aws:cloudwatch::${var.account_id}:dashboard/${var.resource_prefix}-*"],
      )
    },
    {
      # AWS holds this action to no alarm: who may make one composite alarm may change all of the region. Other
      # alarms of other services are out of reach.
      # https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html (2026-11-27)
      Sid      = "CompositeAlarms"
      Action   = ["cloudwatch:PutCompositeAlarm"]
      Resource = ["*"]
    },
    {
      # A subscription is asked for by its topic.
      Sid = "Topics"
      Action = [
        "sns:CreateTopic", "sns:DeleteTopic", "sns:GetSubscriptionAttributes", "sns:GetTopicAttributes",
        "sns:ListTagsForResource", "sns:SetTopicAttributes", "sns:Subscribe",
        "sns:TagResource", "sns:Unsubscribe", "sns:UntagResource",
      ]
      Resource = [for region in local.regions : "arn:aws:sns:${region}:${var.account_id}:${var.resource_prefix}-*"]
    },
    {
      # These list and measure, and know no resources. Of secrets they tell names and dates.
      Sid = "Lists"
      Action = [
        "cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "logs:DescribeLogGroups",
        "secretsmanager:ListSecrets", "ssm:DescribeParameters",
      ]
      Resource = ["*"]
    },
  ]

  # Without the permission to read or write an item: deploying needs none.
  tables = [
    for names in length(var.table_names) == 0 ? [] : [var.table_names] : {
      Sid = "Tables"
      Action = [
        "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive", "dynamodb:ListTagsOfResource",
        "dynamodb:TagResource", "dynamodb:UntagResource", "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive",
      ]
      Resource = flatten([
        for region in local.regions : [for name in names : "arn:aws:dynamodb:${region}:${var.account_id}:table/${name}"]
      ])
    }
  ]
}
