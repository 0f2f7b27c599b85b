# What each module refuses, and what it makes of what it takes.

mock_provider "aws" {
  override_during = plan

  mock_resource "aws_api_gateway_rest_api" {
    defaults = {
      execution_arn = "arn:aws:execute-api:eu-west-1:123456789012:abc"
    }
  }
}

run "a_function" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = []
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
  }

  assert {
    condition     = aws_lambda_function.this.source_code_hash == "uSC+fec0s9r1DV0tVJzgLJC71jH1rFNuHDbmML71bi0="
    error_message = "A digest in hexadecimal digits is the same in base64."
  }

  assert {
    condition     = aws_lambda_function.this.publish
    error_message = "Every change becomes a version."
  }

  assert {
    condition     = one(aws_lambda_function.this.tracing_config).mode == "Active"
    error_message = "Requests are traced."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).log_format == "JSON"
    error_message = "Logs are JSON."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 7
    error_message = "Logs are not kept for ever."
  }

  assert {
    condition     = length(aws_iam_role_policy_attachments_exclusive.this.policy_arns) == 0
    error_message = "No managed policy."
  }

  assert {
    condition     = output.alias == "live"
    error_message = "Callers use the alias."
  }
}

run "a_function_that_is_not_traced" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = []
    tracing               = false
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
  }

  assert {
    condition     = one(aws_lambda_function.this.tracing_config).mode == "PassThrough"
    error_message = "Requests are not traced."
  }
}

run "a_name_of_65_characters" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = join("", [for position in range(65) : "a"])
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = []
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
  }

  expect_failures = [var.name]
}

run "half_a_megabyte_of_memory" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256.5
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = []
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
  }

  expect_failures = [var.memory_mb]
}

run "a_timeout_of_16_minutes" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 960
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = []
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
  }

  expect_failures = [var.timeout_seconds]
}

run "a_runtime_s_other_architecture" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = []
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
    architecture = "riscv"
  }

  expect_failures = [var.architecture]
}

run "logs_for_ever" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 0
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = []
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
  }

  expect_failures = [var.log_retention_days]
}

run "an_environment_of_5_kb" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = []
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
    environment_variables = { LONG = format("%5000s", "a") }
  }

  expect_failures = [var.environment_variables]
}

run "every_action_of_a_service" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = [{ actions = ["dynamodb:*"], resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/a"], conditions = {} }]
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
  }

  expect_failures = [var.statements]
}

run "every_table" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = [{ actions = ["dynamodb:GetItem"], resources = ["*"], conditions = {} }]
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
  }

  expect_failures = [var.statements]
}

run "a_boundary_that_is_no_policy" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = []
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
    permissions_boundary_arn = "arn:aws:iam::123456789012:role/a"
  }

  expect_failures = [var.permissions_boundary_arn]
}

run "a_digest_in_base64" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = []
    artifact              = { bucket = "a", key = "a.zip", sha256 = "uSC+fec0s9r1DV0tVJzgLJC71jH1rFNuHDbmML71bi0=" }
  }

  expect_failures = [var.artifact]
}

run "a_zip_that_is_not_named_by_its_content" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = []
    artifact              = { bucket = "a", key = "list.zip", sha256 = sha256("a") }
  }

  expect_failures = [var.artifact]
}

run "a_policy_that_is_too_long" {
  command = plan

  module {
    source = "../../modules/function"
  }

  variables {
    name                  = "bbws-product-list-dev"
    description           = "List all active products"
    handler               = "index.handler"
    runtime               = "nodejs22.x"
    memory_mb             = 256
    timeout_seconds       = 30
    log_group             = "/aws/lambda/bbws-product-list-dev"
    log_retention_days    = 7
    application_log_level = "DEBUG"
    role                  = "bbws-product-list-dev"
    statements            = [for position in range(100) : { actions = ["dynamodb:GetItem"], resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/products-${position}"], conditions = {} }]
    artifact = {
      bucket = "artifacts"
      key    = "artifacts/b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d.zip"
      sha256 = "b920be7de734b3daf50d5d2d549ce02c90bbd631f5ac536e1c36e630bef56e2d"
    }
  }

  expect_failures = [aws_iam_role_policy.this]
}

run "a_protected_table" {
  command = plan

  module {
    source = "../../modules/table"
  }

  variables {
    name          = "products-prod"
    protected     = true
    partition_key = { name = "PK", type = "S" }
    sort_key      = { name = "SK", type = "S" }
    indexes       = { ByActive = { partition_key = { name = "active", type = "S" } } }
  }

  assert {
    condition     = aws_dynamodb_table.protected[0].deletion_protection_enabled
    error_message = "DynamoDB refuses to delete it."
  }

  assert {
    condition     = length(aws_dynamodb_table.disposable) == 0
    error_message = "There is one table."
  }

  assert {
    condition     = aws_dynamodb_table.protected[0].billing_mode == "PAY_PER_REQUEST"
    error_message = "On demand."
  }

  assert {
    condition     = one(aws_dynamodb_table.protected[0].point_in_time_recovery).enabled
    error_message = "Recovery to any second."
  }

  assert {
    condition     = one(aws_dynamodb_table.protected[0].server_side_encryption).enabled
    error_message = "Encrypted."
  }
}

run "a_disposable_table" {
  command = plan

  module {
    source = "../../modules/table"
  }

  variables {
    name          = "products-prod"
    protected     = false
    partition_key = { name = "PK", type = "S" }
    sort_key      = { name = "SK", type = "S" }
    indexes       = { ByActive = { partition_key = { name = "active", type = "S" } } }
  }

  assert {
    condition     = !aws_dynamodb_table.disposable[0].deletion_protection_enabled
    error_message = "It may be deleted."
  }

  assert {
    condition     = length(aws_dynamodb_table.protected) == 0
    error_message = "There is one table."
  }

  assert {
    condition     = aws_dynamodb_table.disposable[0].billing_mode == "PAY_PER_REQUEST"
    error_message = "On demand."
  }

  assert {
    condition     = one(aws_dynamodb_table.disposable[0].point_in_time_recovery).enabled
    error_message = "Recovery to any second."
  }

  assert {
    condition     = one(aws_dynamodb_table.disposable[0].server_side_encryption).enabled
    error_message = "Encrypted."
  }
}

run "an_existing_table" {
  command = plan

  module {
    source = "../../modules/table"
  }

  variables {
    name          = "products-prod"
    protected     = true
    partition_key = { name = "PK", type = "S" }
    sort_key      = { name = "SK", type = "S" }
    indexes       = { ByActive = { partition_key = { name = "active", type = "S" } } }
    existing      = true
  }

  assert {
    condition     = length(aws_dynamodb_table.protected) + length(aws_dynamodb_table.disposable) == 0
    error_message = "What others look after is not made."
  }

  assert {
    condition     = output.kind == "existing"
    error_message = "It is looked up."
  }
}

run "an_attribute_of_two_types" {
  command = plan

  module {
    source = "../../modules/table"
  }

  variables {
    name          = "products-prod"
    protected     = true
    partition_key = { name = "PK", type = "S" }
    sort_key      = { name = "SK", type = "S" }
    indexes       = { ByPk = { partition_key = { name = "PK", type = "N" } } }
  }

  expect_failures = [var.indexes]
}

run "a_key_that_is_a_list" {
  command = plan

  module {
    source = "../../modules/table"
  }

  variables {
    name          = "products-prod"
    protected     = true
    partition_key = { name = "PK", type = "L" }
    sort_key      = { name = "SK", type = "S" }
    indexes       = { ByActive = { partition_key = { name = "active", type = "S" } } }
  }

  expect_failures = [var.partition_key]
}

run "an_api" {
  command = plan

  module {
    source = "../../modules/rest-api"
  }

  variables {
    name                = "bbws-product-api-dev"
    body                = { openapi = "3.0.1", paths = {} }
    functions           = { get = { name = "get", alias = "live", routes = ["GET /products/{productId}"] } }
    log_group           = "/aws/apigateway/bbws-product-api-dev"
    log_retention_days  = 7
    requests_per_second = 500
    burst               = 1000
  }

  assert {
    condition     = aws_lambda_permission.route["GET /products/{productId}"].source_arn == "arn:aws:execute-api:eu-west-1:123456789012:abc/v1/GET/products/*"
    error_message = "A function may be invoked for its own route only."
  }

  assert {
    condition     = aws_lambda_permission.route["GET /products/{productId}"].qualifier == "live"
    error_message = "And only what is live."
  }

  assert {
    condition     = one(aws_api_gateway_method_settings.all.settings).throttling_burst_limit == 1000
    error_message = "It is throttled."
  }

  assert {
    condition     = aws_api_gateway_stage.this.xray_tracing_enabled
    error_message = "It is traced."
  }

  assert {
    condition     = contains(keys(jsondecode(one(aws_api_gateway_stage.this.access_log_settings).format)), "requestId")
    error_message = "Its access log is JSON."
  }
}

run "an_api_that_is_not_traced" {
  command = plan

  module {
    source = "../../modules/rest-api"
  }

  variables {
    name                = "bbws-product-api-dev"
    body                = { openapi = "3.0.1", paths = {} }
    functions           = { get = { name = "get", alias = "live", routes = ["GET /products/{productId}"] } }
    log_group           = "/aws/apigateway/bbws-product-api-dev"
    log_retention_days  = 7
    requests_per_second = 500
    burst               = 1000
    tracing             = false
  }

  assert {
    condition     = !aws_api_gateway_stage.this.xray_tracing_enabled
    error_message = "It is not traced."
  }
}

run "a_document_of_openapi_3_1" {
  command = plan

  module {
    source = "../../modules/rest-api"
  }

  variables {
    name                = "bbws-product-api-dev"
    body                = { openapi = "3.1.0", paths = {} }
    functions           = { get = { name = "get", alias = "live", routes = ["GET /products/{productId}"] } }
    log_group           = "/aws/apigateway/bbws-product-api-dev"
    log_retention_days  = 7
    requests_per_second = 500
    burst               = 1000
  }

  expect_failures = [var.body]
}

run "a_function_invoked_with_get" {
  command = plan

  module {
    source = "../../modules/rest-api"
  }

  variables {
    name                = "bbws-product-api-dev"
    body                = { openapi = "3.0.1", paths = { "/" = { get = { x-amazon-apigateway-auth = { type = "NONE" }, x-amazon-apigateway-integration = { type = "aws_proxy", httpMethod = "GET" } } } } }
    functions           = { get = { name = "get", alias = "live", routes = ["GET /products/{productId}"] } }
    log_group           = "/aws/apigateway/bbws-product-api-dev"
    log_retention_days  = 7
    requests_per_second = 500
    burst               = 1000
  }

  expect_failures = [var.body]
}

run "a_route_without_a_method" {
  command = plan

  module {
    source = "../../modules/rest-api"
  }

  variables {
    name                = "bbws-product-api-dev"
    body                = { openapi = "3.0.1", paths = {} }
    functions           = { get = { name = "get", alias = "live", routes = ["/products"] } }
    log_group           = "/aws/apigateway/bbws-product-api-dev"
    log_retention_days  = 7
    requests_per_second = 500
    burst               = 1000
  }

  expect_failures = [var.functions]
}

run "a_burst_beyond_the_account_s" {
  command = plan

  module {
    source = "../../modules/rest-api"
  }

  variables {
    name                = "bbws-product-api-dev"
    body                = { openapi = "3.0.1", paths = {} }
    functions           = { get = { name = "get", alias = "live", routes = ["GET /products/{productId}"] } }
    log_group           = "/aws/apigateway/bbws-product-api-dev"
    log_retention_days  = 7
    requests_per_second = 500
    burst               = 6000
  }

  expect_failures = [var.burst]
}

run "an_api_with_an_authorizer" {
  command = plan

  module {
    source = "../../modules/rest-api"
  }

  variables {
    name = "bbws-product-api-dev"
    body = {
      openapi    = "3.0.1"
      paths      = { "/products" = { post = { security = [{ token = [] }] }, get = { x-amazon-apigateway-auth = { type = "NONE" } } } }
      components = { securitySchemes = { token = { type = "apiKey", name = "Authorization", in = "header" } } }
    }
    functions           = { get = { name = "get", alias = "live", routes = ["GET /products/{productId}"] } }
    log_group           = "/aws/apigateway/bbws-product-api-dev"
    log_retention_days  = 7
    requests_per_second = 500
    burst               = 1000
    authorizer          = { name = "authorizer", alias = "live" }
    route_throttling    = { "POST /products/{productId}" = { requests_per_second = 5, burst = 10 } }
  }

  assert {
    condition     = one(aws_lambda_permission.authorizer).source_arn == "arn:aws:execute-api:eu-west-1:123456789012:abc/authorizers/*"
    error_message = "This API's authorizers alone may invoke it, none of its routes."
  }

  assert {
    condition     = one(aws_lambda_permission.authorizer).qualifier == "live"
    error_message = "And only what is live."
  }

  assert {
    condition     = aws_api_gateway_method_settings.route["POST /products/{productId}"].method_path == "~1products~1{productId}/POST"
    error_message = "A route's settings are found by its path, whose slashes are written otherwise."
  }

  assert {
    condition     = one(aws_api_gateway_method_settings.route["POST /products/{productId}"].settings).throttling_rate_limit == 5
    error_message = "The route has its own limit."
  }

  assert {
    condition     = one(aws_api_gateway_method_settings.all.settings).throttling_rate_limit == 500
    error_message = "The others have the API's."
  }
}

run "a_route_that_is_open_without_a_word" {
  command = plan

  module {
    source = "../../modules/rest-api"
  }

  variables {
    name                = "bbws-product-api-dev"
    body                = { openapi = "3.0.1", paths = { "/products" = { post = { responses = {} } } } }
    functions           = { get = { name = "get", alias = "live", routes = ["GET /products/{productId}"] } }
    log_group           = "/aws/apigateway/bbws-product-api-dev"
    log_retention_days  = 7
    requests_per_second = 500
    burst               = 1000
  }

  expect_failures = [var.body]
}

run "a_route_with_a_scheme_that_is_not_there" {
  command = plan

  module {
    source = "../../modules/rest-api"
  }

  variables {
    name = "bbws-product-api-dev"
    body = {
      openapi    = "3.0.1"
      paths      = { "/products" = { post = { security = [{ token = [] }] } } }
      components = { securitySchemes = {} }
    }
    functions           = { get = { name = "get", alias = "live", routes = ["GET /products/{productId}"] } }
    log_group           = "/aws/apigateway/bbws-product-api-dev"
    log_retention_days  = 7
    requests_per_second = 500
    burst               = 1000
  }

  expect_failures = [var.body]
}

run "a_route_that_nobody_could_call" {
  command = plan

  module {
    source = "../../modules/rest-api"
  }

  variables {
    name                = "bbws-product-api-dev"
    body                = { openapi = "3.0.1", paths = {} }
    functions           = { get = { name = "get", alias = "live", routes = ["GET /products/{productId}"] } }
    log_group           = "/aws/apigateway/bbws-product-api-dev"
    log_retention_days  = 7
    requests_per_second = 500
    burst               = 1000
    route_throttling    = { "GET /products/{productId}" = { requests_per_second = 0, burst = 10 } }
  }

  expect_failures = [var.route_throttling]
}

run "a_topic" {
  command = plan

  module {
    source = "../../modules/alarm-topic"
  }

  variables {
    name       = "alarms"
    key        = "alias/bbws-alarms"
    account_id = "123456789012"
    region     = "eu-west-1"
  }

  assert {
    condition     = aws_sns_topic.this.kms_master_key_id == "alias/bbws-alarms"
    error_message = "Its messages are encrypted."
  }
}

run "a_topic_that_alarms_cannot_publish_to" {
  command = plan

  module {
    source = "../../modules/alarm-topic"
  }

  variables {
    name       = "alarms"
    key        = "alias/aws/sns"
    account_id = "123456789012"
    region     = "eu-west-1"
  }

  expect_failures = [var.key]
}

run "an_alarm" {
  command = plan

  module {
    source = "../../modules/alarms"
  }

  variables {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:alarms"
    alarms = {
      errors = {
        description         = "It fails"
        metrics             = [for id in ["errors", "invocations"] : { id = id, namespace = "AWS/Lambda", name = title(id), statistic = "Sum", dimensions = {} }]
        expression          = "IF(errors >= 5, 100 * errors / invocations, 0)"
        comparison          = "GreaterThanThreshold"
        threshold           = 1
        period_seconds      = 300
        periods             = 1
        datapoints_to_alarm = 1
        missing_data        = "notBreaching"
        severity            = "ticket"
      }
    }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["errors"].treat_missing_data == "notBreaching"
    error_message = "A quiet night wakes nobody."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["errors"].alarm_actions == toset([var.topic_arn])
    error_message = "A ticket goes to the topic."
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this["errors"].metric_query) == 3
    error_message = "Two metrics and what is made of them."
  }

  assert {
    condition     = one([for query in aws_cloudwatch_metric_alarm.this["errors"].metric_query : query.id if query.return_data]) == "result"
    error_message = "The expression decides."
  }
}

run "an_alarm_over_11_metrics" {
  command = plan

  module {
    source = "../../modules/alarms"
  }

  variables {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:alarms"
    alarms = {
      sum = {
        description         = "Many"
        metrics             = [for id in range(11) : { id = "m${id}", namespace = "AWS/DynamoDB", name = "SystemErrors", statistic = "Sum", dimensions = {} }]
        expression          = "m0 + m1"
        comparison          = "GreaterThanThreshold"
        threshold           = 1
        period_seconds      = 300
        periods             = 1
        datapoints_to_alarm = 1
        missing_data        = "notBreaching"
        severity            = "ticket"
      }
    }
  }

  expect_failures = [var.alarms]
}

run "an_alarm_that_wakes_somebody" {
  command = plan

  module {
    source = "../../modules/alarms"
  }

  variables {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:alarms"
    alarms = {
      errors = {
        metrics             = [{ id = "errors", namespace = "AWS/Lambda", name = "Errors", statistic = "Sum", dimensions = {} }]
        comparison          = "GreaterThanThreshold"
        threshold           = 1
        period_seconds      = 300
        periods             = 1
        datapoints_to_alarm = 1
        missing_data        = "notBreaching"
        severity            = "page"
        description         = "It fails"
      }
    }
  }

  assert {
    condition     = length(coalesce(aws_cloudwatch_metric_alarm.this["errors"].alarm_actions, [])) == 0
    error_message = "It does so through the service's alarm."
  }
}

run "an_alarm_of_another_severity" {
  command = plan

  module {
    source = "../../modules/alarms"
  }

  variables {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:alarms"
    alarms = {
      errors = {
        metrics             = [{ id = "errors", namespace = "AWS/Lambda", name = "Errors", statistic = "Sum", dimensions = {} }]
        comparison          = "GreaterThanThreshold"
        threshold           = 1
        period_seconds      = 300
        periods             = 1
        datapoints_to_alarm = 1
        missing_data        = "notBreaching"
        severity            = "info"
        description         = "It fails"
      }
    }
  }

  expect_failures = [var.alarms]
}

run "an_alarm_that_wants_more_than_there_is" {
  command = plan

  module {
    source = "../../modules/alarms"
  }

  variables {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:alarms"
    alarms = {
      errors = {
        metrics             = [{ id = "errors", namespace = "AWS/Lambda", name = "Errors", statistic = "Sum", dimensions = {} }]
        comparison          = "GreaterThanThreshold"
        threshold           = 1
        period_seconds      = 300
        periods             = 1
        datapoints_to_alarm = 2
        missing_data        = "notBreaching"
        severity            = "page"
        description         = "It fails"
      }
    }
  }

  expect_failures = [var.alarms]
}

run "an_alarm_over_two_days" {
  command = plan

  module {
    source = "../../modules/alarms"
  }

  variables {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:alarms"
    alarms = {
      errors = {
        metrics             = [{ id = "errors", namespace = "AWS/Lambda", name = "Errors", statistic = "Sum", dimensions = {} }]
        comparison          = "GreaterThanThreshold"
        threshold           = 1
        period_seconds      = 300
        periods             = 600
        datapoints_to_alarm = 1
        missing_data        = "notBreaching"
        severity            = "page"
        description         = "It fails"
      }
    }
  }

  expect_failures = [var.alarms]
}

run "an_alarm_over_a_week_of_hours" {
  command = plan

  module {
    source = "../../modules/alarms"
  }

  variables {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:alarms"
    alarms = {
      errors = {
        metrics             = [{ id = "errors", namespace = "AWS/Lambda", name = "Errors", statistic = "Sum", dimensions = {} }]
        comparison          = "GreaterThanThreshold"
        threshold           = 1
        period_seconds      = 3600
        periods             = 168
        datapoints_to_alarm = 1
        missing_data        = "notBreaching"
        severity            = "page"
        description         = "It fails"
      }
    }
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["errors"].evaluation_periods == 168
    error_message = "AWS looks at seven days where a period is an hour."
  }
}

run "an_alarm_with_a_story" {
  command = plan

  module {
    source = "../../modules/alarms"
  }

  variables {
    topic_arn = "arn:aws:sns:eu-west-1:123456789012:alarms"
    alarms = {
      errors = {
        metrics             = [{ id = "errors", namespace = "AWS/Lambda", name = "Errors", statistic = "Sum", dimensions = {} }]
        comparison          = "GreaterThanThreshold"
        threshold           = 1
        period_seconds      = 300
        periods             = 1
        datapoints_to_alarm = 1
        missing_data        = "notBreaching"
        severity            = "page"
        description         = format("%01025d", 0)
      }
    }
  }

  expect_failures = [var.alarms]
}

run "a_topic_with_recipients" {
  command = plan

  module {
    source = "../../modules/alarm-topic"
  }

  variables {
    name       = "pages"
    key        = "alias/bbws-alarms"
    account_id = "123456789012"
    region     = "eu-west-1"
    recipients = ["mailto:team@example.com", "https://example.com/alarms"]
  }

  assert {
    condition = { for address, one in aws_sns_topic_subscription.this : address => [one.protocol, one.endpoint] } == {
      "mailto:team@example.com"    = ["email", "team@example.com"]
      "https://example.com/alarms" = ["https", "https://example.com/alarms"]
    }
    error_message = "Each address is asked in its own way."
  }
}

run "a_topic_with_a_recipient_that_is_none" {
  command = plan

  module {
    source = "../../modules/alarm-topic"
  }

  variables {
    name       = "pages"
    key        = "alias/bbws-alarms"
    account_id = "123456789012"
    region     = "eu-west-1"
    recipients = ["http://example.com"]
  }

  expect_failures = [var.recipients]
}

run "an_alarm_over_alarms" {
  command = plan

  module {
    source = "../../modules/service-alarm"
  }

  variables {
    name        = "service"
    description = "Callers do not get their answers"
    rule        = "ALARM(\"errors\") OR ALARM(\"latency\")"
    topic_arn   = "arn:aws:sns:eu-west-1:123456789012:pages"
  }

  assert {
    condition     = aws_cloudwatch_composite_alarm.this[0].alarm_actions == toset([var.topic_arn]) && aws_cloudwatch_composite_alarm.this[0].ok_actions == toset([var.topic_arn])
    error_message = "It says when it begins, and when it is over."
  }
}

run "an_alarm_over_too_many_alarms" {
  command = plan

  module {
    source = "../../modules/service-alarm"
  }

  variables {
    name        = "service"
    description = "Callers do not get their answers"
    rule        = join(" OR ", [for at in range(101) : "ALARM(\"a${at}\")"])
    topic_arn   = "arn:aws:sns:eu-west-1:123456789012:pages"
  }

  expect_failures = [var.rule]
}
