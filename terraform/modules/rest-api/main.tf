# A REST API from an OpenAPI document: what it answers is in the document, and nowhere in HCL.

locals {
  body = jsonencode(var.body)

  # One permission for each route, so that no other route can invoke the function, whatever the
  # document says.
  permissions = {
    for permission in flatten([
      for key, function in var.functions : [
        for route in function.routes : {
          route    = route
          function = function
          method   = split(" ", route)[0]
          # Parameters of a path are one star each in an ARN.
          path = replace(split(" ", route)[1], "/\\{\\w+\\+?\\}/", "*")
        }
      ]
    ]) : permission.route => permission
  }
}

resource "aws_api_gateway_rest_api" "this" {
  name = var.name
  body = local.body

  endpoint_configuration {
    # Callers are near, or behind a distribution of their own.
    types = ["REGIONAL"]
  }
}

resource "aws_lambda_permission" "route" {
  for_each = local.permissions

  # An id takes no slashes and braces; the same route has the same id for ever.
  statement_id  = "api-${substr(sha256(each.key), 0, 16)}"
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  function_name = each.value.function.name
  qualifier     = each.value.function.alias
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/${var.stage}/${each.value.method}${each.value.path}"
}

# The authorizer is asked by API Gateway before a function is. What its id in the API is, only API Gateway
# knows: it is made from the document, and no other API is let in.
# https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-lambda-function-create.html (2026-11-27)
resource "aws_lambda_permission" "authorizer" {
  count = var.authorizer == null ? 0 : 1

  statement_id  = "authorizer"
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  function_name = var.authorizer.name
  qualifier     = var.authorizer.alias
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/authorizers/*"
}

# A deployment is a copy of the API as it is: another document needs another one. The old one goes
# after the stage has left it, because API Gateway deletes none that a stage shows.
resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id

  triggers = {
    body = sha256(local.body)
  }

  # A new route must not be open before its function, and who guards it, may be called.
  depends_on = [aws_lambda_permission.route, aws_lambda_permission.authorizer]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "access" {
  name              = var.log_group
  retention_in_days = var.log_retention_days
}

# Access logs need a role that is set once for the account and region: stacks/account does it.
resource "aws_api_gateway_stage" "this" {
  rest_api_id          = aws_api_gateway_rest_api.this.id
  deployment_id        = aws_api_gateway_deployment.this.id
  stage_name           = var.stage
  xray_tracing_enabled = var.tracing

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    # What a function cannot log: requests that never reached one, and how long callers waited.
    # No query string and no header: they may hold what is nobody's business, and a quotation mark in
    # one of them would end the JSON.
    format = jsonencode({
      requestId          = "$context.requestId"
      extendedRequestId  = "$context.extendedRequestId"
      requestTime        = "$context.requestTime"
      method             = "$context.httpMethod"
      route              = "$context.resourcePath"
      path               = "$context.path"
      status             = "$context.status"
      responseBytes      = "$context.responseLength"
      latencyMs          = "$context.responseLatency"
      integrationMs      = "$context.integrationLatency"
      integrationStatus  = "$context.integrationStatus"
      integrationRequest = "$context.integration.requestId"
      errorType          = "$context.error.responseType"
      traceId            = "$context.xrayTraceId"
      sourceIp           = "$context.identity.sourceIp"
    })
  }
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "*/*"

  settings {
    throttling_rate_limit  = var.requests_per_second
    throttling_burst_limit = var.burst
    # Access logs say enough. Execution logs hold whole requests, in a group that is kept for ever.
    logging_level      = "OFF"
    data_trace_enabled = false
    # Per method, at a price; the alarms look at the stage, which is free.
    metrics_enabled = false
  }
}

# Routes with limits of their own. API Gateway wants each slash of a path as ~1.
# https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateStage.html (2026-11-27)
resource "aws_api_gateway_method_settings" "route" {
  for_each = var.route_throttling

  rest_api_id = aws_api_gateway_rest_api.this.id
  stage_name  = aws_api_gateway_stage.this.stage_name
  method_path = "${replace(split(" ", each.key)[1], "/", "~1")}/${split(" ", each.key)[0]}"

  # The whole of what is said for all methods: a method with settings of its own takes none from there.
  settings {
    throttling_rate_limit  = each.value.requests_per_second
    throttling_burst_limit = each.value.burst
    logging_level          = "OFF"
    data_trace_enabled     = false
    metrics_enabled        = false
  }

  # API Gateway refuses two changes of a stage at once; the provider then tries again.
  depends_on = [aws_api_gateway_method_settings.all]
}
