# moto imports no mock integration without these two, which AWS has no use for.
locals {
  body = replace(jsonencode(var.body), "\"type\":\"mock\"", "\"httpMethod\":\"OPTIONS\",\"type\":\"mock\",\"uri\":\"\"")
}
