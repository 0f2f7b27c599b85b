# What the region that takes over is prepared with, planned against a mocked provider.

mock_provider "aws" {
  override_during = plan
}

run "variables_of_prod" {
  module {
    source = "./tests/variables"
  }

  variables {
    file = "test/golden/product.prod.recovery-region.tfvars.json"
  }
}

run "a_vault_for_copies" {
  command = plan

  variables {
    account_id      = run.variables_of_prod.values.account_id
    region          = run.variables_of_prod.values.region
    tags            = run.variables_of_prod.values.tags
    name_prefix     = run.variables_of_prod.values.name_prefix
    state_bucket    = run.variables_of_prod.values.state_bucket
    artifact_bucket = run.variables_of_prod.values.artifact_bucket
    alarm_key       = run.variables_of_prod.values.alarm_key
    backup_vaults = merge(run.variables_of_prod.values.backup_vaults, {
      bbws-orders-prod = { locked = true, shortest_days = 7 }
    })
  }

  assert {
    condition     = !module.backup_vault["bbws-product-prod"].locked && module.backup_vault["bbws-orders-prod"].locked
    error_message = "Each service has a vault of the name that its own has, locked where that one is."
  }

  assert {
    condition     = toset(keys(output.backup_vaults)) == toset(["bbws-orders-prod", "bbws-product-prod"])
    error_message = "Whoever bootstraps another service finds what is there."
  }
}
