# Tables with replicas, and a name that moves from one region to the other.

mock_provider "aws" {
  override_during = plan

  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:eu-west-1:123456789012:certificate/abc"
      domain_validation_options = [{
        domain_name           = "products.example.com"
        resource_record_name  = "_a.products.example.com."
        resource_record_type  = "CNAME"
        resource_record_value = "_b.acm-validations.aws."
      }]
    }
  }

  mock_resource "aws_acm_certificate_validation" {
    defaults = {
      certificate_arn = "arn:aws:acm:eu-west-1:123456789012:certificate/abc"
    }
  }
}

variables {
  name               = "products.example.com"
  zone_id            = "Z0123456789EXAMPLE"
  record_ttl_seconds = 60
  health_check       = { path = "/v1/v1.0/products", interval_seconds = 30, failure_threshold = 3 }
  api_id             = "abc"
  api_url            = "https://abc.execute-api.af-south-1.amazonaws.com/v1"
  stage              = "v1"
}

run "a_table_with_a_replica" {
  command = plan

  module {
    source = "../../modules/table"
  }

  variables {
    name           = "products-prod"
    protected      = true
    partition_key  = { name = "PK", type = "S" }
    sort_key       = { name = "SK", type = "S" }
    replica_region = "eu-west-1"
  }

  assert {
    condition = toset([
      for replica in aws_dynamodb_table.protected[0].replica :
      "${replica.region_name} ${replica.point_in_time_recovery} ${replica.propagate_tags}"
    ]) == toset(["eu-west-1 true true"])
    error_message = "There is a replica, with recovery to any second and the table's tags."
  }

  assert {
    condition     = aws_dynamodb_table.protected[0].stream_enabled && aws_dynamodb_table.protected[0].stream_view_type == "NEW_AND_OLD_IMAGES"
    error_message = "Replicas get what a stream of both images says."
  }
}

run "a_table_without_a_replica" {
  command = plan

  module {
    source = "../../modules/table"
  }

  variables {
    name          = "products-dev"
    protected     = false
    partition_key = { name = "PK", type = "S" }
  }

  assert {
    condition     = length(aws_dynamodb_table.disposable[0].replica) == 0 && !aws_dynamodb_table.disposable[0].stream_enabled
    error_message = "Nothing is copied, and nothing is paid for."
  }
}

run "a_replica_of_a_table_of_others" {
  command = plan

  module {
    source = "../../modules/table"
  }

  variables {
    name           = "products-prod"
    protected      = true
    existing       = true
    partition_key  = { name = "PK", type = "S" }
    replica_region = "eu-west-1"
  }

  expect_failures = [var.replica_region]
}

run "the_primary_s_name" {
  command = plan

  module {
    source = "../../modules/domain"
  }

  variables {
    place = "primary"
  }

  assert {
    condition = (
      aws_route53_health_check.this[0].fqdn == "abc.execute-api.af-south-1.amazonaws.com" &&
      aws_route53_health_check.this[0].resource_path == "/v1/v1.0/products" &&
      aws_route53_health_check.this[0].request_interval == 30 &&
      aws_route53_health_check.this[0].failure_threshold == 3
    )
    error_message = "Route 53 asks the region's own address for an open route."
  }

  assert {
    condition = (
      one(aws_route53_record.this.failover_routing_policy).type == "PRIMARY" &&
      aws_route53_record.this.ttl == 60
    )
    error_message = "The name answers with it while it is healthy."
  }

  assert {
    condition     = length(aws_route53_record.validation) == 1
    error_message = "It proves whose the name is."
  }
}

run "the_standby_s_name" {
  command = plan

  module {
    source = "../../modules/domain"
  }

  variables {
    place = "standby"
  }

  assert {
    condition = (
      one(aws_route53_record.this.failover_routing_policy).type == "SECONDARY" &&
      length(aws_route53_health_check.this) == 0 &&
      length(aws_route53_record.validation) == 0
    )
    error_message = "The name answers with it when the primary is not healthy, and the proof is the primary's."
  }
}

run "a_name_that_is_a_zone" {
  command = plan

  module {
    source = "../../modules/domain"
  }

  variables {
    place = "primary"
    name  = "example.com"
  }

  expect_failures = [var.name]
}

run "a_check_every_20_seconds" {
  command = plan

  module {
    source = "../../modules/domain"
  }

  variables {
    place        = "primary"
    health_check = { path = "/v1/v1.0/products", interval_seconds = 20, failure_threshold = 3 }
  }

  expect_failures = [var.health_check]
}
