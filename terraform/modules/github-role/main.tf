# A role that the jobs of one GitHub environment take on, of one repository, and nobody else.
#
# What GitHub's token says has to be there, and to be the same text. A wildcard in the subject would let
# every branch of every repository in; an operator that does not mind that a claim is missing, everybody.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif (2026-11-26)

locals {
  issuer = "token.actions.githubusercontent.com"

  claims = merge(
    {
      "${local.issuer}:aud" = "sts.amazonaws.com"
      "${local.issuer}:sub" = var.subject
    },
    # A GitHub environment that nobody has set up lets every branch in. AWS looks itself.
    # https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/ (2026-11-26)
    var.ref == null ? {} : { "${local.issuer}:ref" = var.ref },
  )
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = var.description
  permissions_boundary = var.boundary_arn
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = var.oidc_provider_arn }
      Condition = { StringEquals = local.claims }
    }]
  })
}

# Attached, and not within the role: there all of them together may have 10240 characters, here each 6144.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (2026-11-27)
resource "aws_iam_policy" "this" {
  for_each = var.policies

  name        = "${var.name}-${each.key}"
  description = "What ${var.name} may do: its ${each.key}"
  policy      = each.value

  lifecycle {
    precondition {
      condition     = length(each.value) <= 6144
      error_message = "TF_POLICY_SIZE: what ${var.name} may do to its ${each.key} takes ${length(each.value)} characters, and IAM takes 6144 in a policy. Fix: fewer tables in service.ts, or shorter names."
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = var.policies

  role       = aws_iam_role.this.name
  policy_arn = aws_iam_policy.this[each.key].arn
}
