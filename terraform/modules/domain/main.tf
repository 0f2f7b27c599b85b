# A name for the API that answers with one of two regions. Each region has a certificate, the name in API Gateway
# and a record of its own; that of the primary is asked for while Route 53 finds the primary healthy.
#
# Whether it does can be overruled by hand, which is how a failover begins (`lambdakit dr failover`): Terraform leaves
# that as it is, as it leaves the versions that are live.

locals {
  is_primary = var.place == "primary"
}

resource "aws_acm_certificate" "this" {
  domain_name       = var.name
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

# The same for this name and account in every region, so that the primary's serves both, and renews both.
# https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html (2026-11-27)
resource "aws_route53_record" "validation" {
  count = local.is_primary ? 1 : 0

  zone_id = var.zone_id
  name    = one(aws_acm_certificate.this.domain_validation_options).resource_record_name
  type    = one(aws_acm_certificate.this.domain_validation_options).resource_record_type
  records = [one(aws_acm_certificate.this.domain_validation_options).resource_record_value]
  ttl     = 300
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn = aws_acm_certificate.this.arn

  depends_on = [aws_route53_record.validation]
}

resource "aws_api_gateway_domain_name" "this" {
  domain_name              = var.name
  regional_certificate_arn = aws_acm_certificate_validation.this.certificate_arn
  security_policy          = "TLS_1_2"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_base_path_mapping" "this" {
  domain_name = aws_api_gateway_domain_name.this.domain_name
  api_id      = var.api_id
  stage_name  = var.stage
}

# Asked of the region's own address, which does not move.
resource "aws_route53_health_check" "this" {
  count = local.is_primary ? 1 : 0

  type              = "HTTPS"
  fqdn              = split("/", var.api_url)[2]
  port              = 443
  resource_path     = var.health_check.path
  request_interval  = var.health_check.interval_seconds
  failure_threshold = var.health_check.failure_threshold
  enable_sni        = true

  tags = { Name = var.name }

  lifecycle {
    ignore_changes = [disabled, invert_healthcheck]
  }
}

resource "aws_route53_record" "this" {
  zone_id         = var.zone_id
  name            = var.name
  type            = "CNAME"
  ttl             = var.record_ttl_seconds
  records         = [aws_api_gateway_domain_name.this.regional_domain_name]
  set_identifier  = var.place
  health_check_id = one(aws_route53_health_check.this[*].id)

  failover_routing_policy {
    type = local.is_primary ? "PRIMARY" : "SECONDARY"
  }

  # A caller who is told of a name that API Gateway does not serve yet gets 403.
  depends_on = [aws_api_gateway_base_path_mapping.this]
}
