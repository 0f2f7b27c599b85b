# moto imports no mock integration without httpMethod and uri, which AWS has no use for. Of who may call a
# route it keeps nothing at all. So that it can be read back, it is put where moto keeps what it is given: as
# a template of the integration, of which a proxy has none.
locals {
  body = jsonencode(merge(var.body, {
    paths = {
      for path, operations in var.body.paths : path => {
        for method, operation in operations : method => merge(operation, {
          "x-amazon-apigateway-integration" = merge(
            operation["x-amazon-apigateway-integration"],
            { for key, value in { httpMethod = "OPTIONS", uri = "" } : key => value if method == "options" },
            { for key, value in { requestTemplates = { security = jsonencode(flatten([
              for requirement in try(operation.security, []) : [for scheme in keys(requirement) : var.body.components.securitySchemes[scheme]]
            ])) } } : key => value if method != "options" },
          )
        })
      }
    }
  }))
}
