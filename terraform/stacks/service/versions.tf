terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # Bucket, key and region come with `terraform init -backend-config=...`: they differ between
  # environments. What keeps two applies apart and the state unread does not, and cannot be forgotten.
  backend "s3" {
    use_lockfile = true
    encrypt      = true
  }
}
