# An account one of whose services stands by in another region, and has a name that moves there.

mock_provider "aws" {
  override_during = plan

  mock_resource "aws_iam_policy" {
    defaults = {
      arn = "arn:aws:iam::093646564004:policy/mocked"
    }
  }

  mock_resource "aws_s3_bucket" {
    defaults = {
      arn = "arn:aws:s3:::bbws-artifacts-093646564004-af-south-1"
    }
  }

  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:aws:iam::093646564004:role/mocked"
    }
  }

  mock_resource "aws_iam_openid_connect_provider" {
    defaults = {
      arn = "arn:aws:iam::093646564004:oidc-provider/token.actions.githubusercontent.com"
    }
  }
}

run "variables_of_prod" {
  module {
    source = "./tests/variables"
  }

  variables {
    file = "test/golden/product.prod.account.tfvars.json"
  }
}

run "an_account_with_a_second_region" {
  command = plan

  variables {
    account_id             = run.variables_of_prod.values.account_id
    region                 = run.variables_of_prod.values.region
    tags                   = run.variables_of_prod.values.tags
    name_prefix            = run.variables_of_prod.values.name_prefix
    state_bucket           = run.variables_of_prod.values.state_bucket
    artifact_bucket        = run.variables_of_prod.values.artifact_bucket
    alarm_key              = run.variables_of_prod.values.alarm_key
    function_boundary_name = run.variables_of_prod.values.function_boundary_name
    services = {
      product-prod = merge(run.variables_of_prod.values.services["product-prod"], {
        domain = { name = "products.example.com", zone_id = "Z0123456789EXAMPLE" }
      })
    }
  }

  assert {
    condition = alltrue([
      for boundary in [aws_iam_policy.deploy_boundary, aws_iam_policy.read_boundary, aws_iam_policy.function_boundary] :
      length(boundary.policy) <= 6144
    ])
    error_message = "IAM takes policies of 6144 characters."
  }

  assert {
    condition = toset([
      for statement in module.deployer["product-prod"].deploy_statements : statement.Sid if contains(statement.Resource, "*")
    ]) == toset(["CompositeAlarms", "Lists", "NewCertificate", "NewHealthCheck"])
    error_message = "Only what lists has no resources, and what has none before it is there."
  }

  assert {
    condition = alltrue([
      for statement in module.deployer["product-prod"].deploy_statements : (
        length(setintersection(statement.Action, local.table_data)) == 0 ? true : (
          statement.Condition.Bool["aws:ViaAWSService"] == "true" &&
          jsonencode(statement.Resource) == jsonencode([
            "arn:aws:dynamodb:eu-west-1:093646564004:table/products-prod",
            "arn:aws:dynamodb:eu-west-1:093646564004:table/products-prod-restored-????????-??????",
          ])
        )
      )
    ])
    error_message = "Only DynamoDB reads and writes items, for a replica."
  }

  assert {
    condition = alltrue([
      for action in flatten([for statement in module.deployer["product-prod"].plan_statements : statement.Action]) :
      !contains(local.table_data, action)
    ])
    error_message = "Planning makes no replica."
  }

  assert {
    condition = toset(flatten([
      for statement in jsondecode(aws_iam_policy.deploy_boundary.policy).Statement :
      statement.Condition.StringNotEquals["aws:RequestedRegion"] if statement.Sid == "OtherRegions"
    ])) == toset(["af-south-1", "eu-west-1", "us-east-1"])
    error_message = "No other region is deployed to."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_policy.deploy_boundary.policy).Statement :
      contains(statement.Resource, "arn:aws:s3:::bbws-artifacts-093646564004-eu-west-1/*") if contains(["NothingIsReplaced", "NothingIsDeleted"], statement.Sid)
    ])
    error_message = "Records are as safe where they are copied to."
  }
}

run "what_is_copied" {
  command = plan

  module {
    source = "../../modules/replication"
  }

  variables {
    role       = "bbws-replication-af-south-1"
    account_id = "093646564004"
    region     = "af-south-1"
    buckets = {
      states = [{ bucket = "states-there", region = "eu-west-1" }, { bucket = "states-elsewhere", region = "eu-west-2" }]
    }
  }

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_replication_configuration.this["states"].rule : (
        rule.status == "Enabled" &&
        one(rule.delete_marker_replication).status == "Enabled" &&
        one(one(rule.source_selection_criteria).sse_kms_encrypted_objects).status == "Enabled"
      )
    ])
    error_message = "All of it, what is encrypted and what is deleted, too."
  }

  assert {
    condition = toset([
      for rule in aws_s3_bucket_replication_configuration.this["states"].rule :
      "${rule.priority} ${one(rule.destination).bucket} ${one(one(rule.destination).encryption_configuration).replica_kms_key_id}"
      ]) == toset([
      "0 arn:aws:s3:::states-elsewhere arn:aws:kms:eu-west-2:093646564004:alias/aws/s3",
      "1 arn:aws:s3:::states-there arn:aws:kms:eu-west-1:093646564004:alias/aws/s3",
    ])
    error_message = "Each destination has a rule, and the key of its own region."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : alltrue([
        for action in statement.Action : can(regex("^s3:(Get|ListBucket|Replicate)|^kms:", action))
      ])
    ])
    error_message = "It reads, and writes copies."
  }
}

run "a_copy_in_the_same_region" {
  command = plan

  module {
    source = "../../modules/replication"
  }

  variables {
    role       = "bbws-replication-af-south-1"
    account_id = "093646564004"
    region     = "af-south-1"
    buckets    = { states = [{ bucket = "states-here", region = "af-south-1" }] }
  }

  expect_failures = [var.buckets]
}
