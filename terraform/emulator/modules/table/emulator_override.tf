# moto takes a replica and makes none: the provider would wait for it for half an hour.
locals {
  replica_regions = []
}
