# Where backups are kept, and as whom they are made, planned against a mocked provider.

mock_provider "aws" {
  override_during = plan
}

run "variables_of_prod" {
  module {
    source = "./tests/variables"
  }

  variables {
    file = "test/golden/product.prod.account.tfvars.json"
  }
}

run "a_vault_and_a_role" {
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
    services = { product-prod = merge(run.variables_of_prod.values.services.product-prod, {
      backups = merge(run.variables_of_prod.values.services.product-prod.backups, { locked = true })
    }) }
  }

  assert {
    condition     = module.backup_vault["product-prod"].locked
    error_message = "The vault is locked where that is asked for."
  }

  assert {
    condition = toset(flatten([
      for statement in jsondecode(module.backup_role["product-prod"].policy).Statement : statement.Resource if statement.Sid == "Vaults"
      ])) == toset([
      "arn:aws:backup:af-south-1:093646564004:backup-vault:bbws-product-prod",
      "arn:aws:backup:eu-west-1:093646564004:backup-vault:bbws-product-prod",
    ])
    error_message = "It puts backups into the service's vaults only, which stacks/recovery-region has the second of."
  }
}

run "a_backup_role_that_deploying_could_change" {
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
    services = { product-prod = merge(run.variables_of_prod.values.services.product-prod, {
      backups = merge(run.variables_of_prod.values.services.product-prod.backups, { role = "bbws-orders-backup" })
    }) }
  }

  expect_failures = [var.services]
}

run "a_role_for_backups" {
  command = plan

  module {
    source = "../../modules/backup-role"
  }

  variables {
    name        = "bbws-backup-product-prod"
    account_id  = "093646564004"
    regions     = ["af-south-1", "eu-west-1"]
    vault       = "bbws-product-prod"
    table_names = ["products-prod", "products-prod-restored-????????-??????"]
  }

  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Principal == {
      Service = "backup.amazonaws.com"
    }
    error_message = "Only AWS Backup has it."
  }

  assert {
    condition = alltrue(flatten([
      for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : [
        for arn in statement.Resource : strcontains(arn, ":table/") ? can(regex(":table/products-prod(-restored-[?]{8}-[?]{6})?(/backup/\\*)?$", arn)) : true
      ]
    ]))
    error_message = "It reads and writes the service's own tables, and what they are restored as."
  }

  assert {
    condition = length([
      for action in flatten([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Action]) :
      action if startswith(action, "backup:Delete") || startswith(action, "dynamodb:DeleteTable")
    ]) == 0
    error_message = "It deletes neither a backup in a vault nor a table."
  }
}

run "a_role_for_every_table" {
  command = plan

  module {
    source = "../../modules/backup-role"
  }

  variables {
    name        = "bbws-backup-product-prod"
    account_id  = "093646564004"
    regions     = ["af-south-1"]
    vault       = "bbws-product-prod"
    table_names = ["*"]
  }

  expect_failures = [var.table_names]
}

run "a_vault_that_is_locked_for_no_day" {
  command = plan

  module {
    source = "../../modules/backup-vault"
  }

  variables {
    name          = "bbws-product-prod"
    locked        = true
    shortest_days = 0
  }

  expect_failures = [var.shortest_days]
}

run "a_vault_that_is_locked" {
  command = plan

  module {
    source = "../../modules/backup-vault"
  }

  variables {
    name          = "bbws-product-prod"
    locked        = true
    shortest_days = 3
  }

  assert {
    condition     = aws_backup_vault_lock_configuration.this[0].min_retention_days == 3 && aws_backup_vault_lock_configuration.this[0].changeable_for_days == null
    error_message = "Whoever administers the account may take the lock off: without a day from which nobody could."
  }
}

run "a_vault_with_a_name_of_51_characters" {
  command = plan

  module {
    source = "../../modules/backup-vault"
  }

  variables {
    name          = join("", [for position in range(51) : "a"])
    locked        = false
    shortest_days = 3
  }

  expect_failures = [var.name]
}
