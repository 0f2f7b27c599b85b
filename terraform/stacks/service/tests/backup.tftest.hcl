# When tables are backed up, planned against a mocked provider.

mock_provider "aws" {
  override_during = plan
}

variables {
  name           = "bbws-product-prod"
  account_id     = "093646564004"
  vault          = "bbws-product-prod"
  role           = "bbws-backup-product-prod"
  table_arns     = ["arn:aws:dynamodb:af-south-1:093646564004:table/products-prod"]
  schedule       = "cron(0 * ? * * *)"
  recent_days    = 3
  daily_schedule = "cron(0 3 ? * * *)"
  retention_days = 35
}

run "hourly_and_daily" {
  command = plan

  module {
    source = "../../modules/backup"
  }

  variables {
    copy_to = { region = "eu-west-1", vault = "bbws-product-prod" }
  }

  assert {
    condition = { for rule in aws_backup_plan.this.rule : rule.rule_name => [rule.schedule, tostring(rule.lifecycle[0].delete_after)] } == {
      recent = ["cron(0 * ? * * *)", "3"]
      daily  = ["cron(0 3 ? * * *)", "35"]
    }
    error_message = "Those of each hour are kept for days, one of each day for weeks."
  }

  assert {
    condition = flatten([for rule in aws_backup_plan.this.rule : [for copy in rule.copy_action : [rule.rule_name, copy.destination_vault_arn, tostring(copy.lifecycle[0].delete_after)]]]) == [
      "daily", "arn:aws:backup:eu-west-1:093646564004:backup-vault:bbws-product-prod", "35",
    ]
    error_message = "The day's backup is copied, and kept there for as long."
  }

  assert {
    condition     = aws_backup_selection.this[0].resources == toset(var.table_arns) && aws_backup_selection.this[0].iam_role_arn == "arn:aws:iam::093646564004:role/bbws-backup-product-prod"
    error_message = "The service's tables by their ARNs, as the service's own role."
  }
}

run "daily_only" {
  command = plan

  module {
    source = "../../modules/backup"
  }

  variables {
    schedule    = "cron(0 3 ? * * *)"
    recent_days = 35
  }

  assert {
    condition     = [for rule in aws_backup_plan.this.rule : rule.rule_name] == ["daily"] && length(flatten([for rule in aws_backup_plan.this.rule : rule.copy_action])) == 0
    error_message = "One backup a day is one rule, and goes nowhere else."
  }
}

run "every_few_hours" {
  command = plan

  module {
    source = "../../modules/backup"
  }

  variables {
    schedule = "cron(0 0/6 ? * * *)"
  }

  assert {
    condition     = toset([for rule in aws_backup_plan.this.rule : rule.schedule]) == toset([var.schedule, var.daily_schedule])
    error_message = "Such a schedule is taken."
  }
}

run "every_five_minutes" {
  command = plan

  module {
    source = "../../modules/backup"
  }

  variables {
    schedule = "cron(0/5 * ? * * *)"
  }

  expect_failures = [var.schedule]
}

run "a_day_s_backup_every_hour" {
  command = plan

  module {
    source = "../../modules/backup"
  }

  variables {
    daily_schedule = "cron(0 * ? * * *)"
  }

  expect_failures = [var.daily_schedule]
}

run "kept_for_no_day" {
  command = plan

  module {
    source = "../../modules/backup"
  }

  variables {
    recent_days = 0
  }

  expect_failures = [var.recent_days]
}

run "kept_for_longer_than_there_are_backups" {
  command = plan

  module {
    source = "../../modules/backup"
  }

  variables {
    retention_days = 36501
  }

  expect_failures = [var.retention_days]
}

run "every_table" {
  command = plan

  module {
    source = "../../modules/backup"
  }

  variables {
    table_arns = ["arn:aws:dynamodb:af-south-1:093646564004:table/*"]
  }

  expect_failures = [var.table_arns]
}

run "a_name_of_51_characters" {
  command = plan

  module {
    source = "../../modules/backup"
  }

  variables {
    name = join("", [for position in range(51) : "a"])
  }

  expect_failures = [var.name]
}
