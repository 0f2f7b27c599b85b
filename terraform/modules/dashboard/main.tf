# The page is derived with everything else (src/deploy/dashboard), where it can be held against the alarms and the
# metrics that there are.

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode(var.body)
}
