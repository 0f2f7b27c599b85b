/** A form that only secrets have, whoever wrote them and whatever they are called. */
export interface TokenForm {
  readonly name: string;
  /** What is matched is the secret, or its first group is. */
  readonly pattern: RegExp;
  /** How many of its first characters say only of what kind it is, and may be shown. */
  readonly shown: number;
}

/**
 * The forms are those that their issuers document, so that a scanner can find them. AWS's own examples
 * end in EXAMPLE.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 * @see https://github.blog/engineering/behind-githubs-new-authentication-token-formats/
 * @see https://docs.slack.dev/authentication/tokens
 * @see https://docs.stripe.com/keys
 */
export const tokenForms: readonly TokenForm[] = [
  {
    name: "an AWS access key id",
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)(?![A-Z0-9]*EXAMPLE)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
    shown: 4,
  },
  {
    name: "an AWS secret access key",
    pattern:
      /secret_?access_?key["']?\s*[:=]\s*["'`]((?![A-Za-z0-9/+]*EXAMPLEKEY)[A-Za-z0-9/+]{40})["'`]/gi,
    shown: 0,
  },
  {
    name: "a private key",
    // With what comes after its first line: libraries that read keys have that line alone.
    pattern:
      /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\[nr]|\s)*(?:[A-Za-z0-9+/=]{32,})/g,
    shown: 11,
  },
  {
    name: "a GitHub token",
    pattern:
      /(?<!\w)(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?!\w)/g,
    shown: 4,
  },
  {
    name: "a Slack token",
    pattern: /(?<!\w)xox[abeoprs]-\d[A-Za-z0-9-]{20,}/g,
    shown: 4,
  },
  {
    name: "a Slack webhook",
    pattern: /hooks\.slack\.com\/services\/(T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{20,})/g,
    shown: 0,
  },
  {
    name: "a Stripe key",
    pattern: /(?<!\w)[rs]k_(?:live|test)_[A-Za-z0-9]{20,}(?!\w)/g,
    shown: 8,
  },
  {
    name: "an npm token",
    pattern: /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g,
    shown: 4,
  },
  {
    name: "a Google API key",
    pattern: /(?<!\w)AIza[A-Za-z0-9_-]{35}(?![\w-])/g,
    shown: 4,
  },
  {
    name: "a Google OAuth client secret",
    pattern: /(?<!\w)GOCSPX-[A-Za-z0-9_-]{28}(?![\w-])/g,
    shown: 7,
  },
  {
    name: "a GitLab token",
    pattern: /(?<!\w)gl(?:pat|dt|rt|ptt|cbt|ft|soat)-[A-Za-z0-9_-]{20,}(?![\w-])/g,
    shown: 6,
  },
  {
    name: "a SendGrid key",
    pattern: /(?<!\w)SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![\w-])/g,
    shown: 3,
  },
  {
    name: "a Shopify token",
    pattern: /(?<!\w)shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}(?!\w)/g,
    shown: 6,
  },
  {
    name: "an OpenAI key",
    pattern:
      /(?<!\w)sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,74}T3BlbkFJ[A-Za-z0-9_-]{20,74}(?![\w-])/g,
    shown: 3,
  },
  {
    name: "an Anthropic key",
    pattern: /(?<!\w)sk-ant-(?:api|admin)\d\d-[A-Za-z0-9_-]{80,}(?![\w-])/g,
    shown: 7,
  },
  {
    name: "a Hugging Face token",
    pattern: /(?<!\w)hf_[A-Za-z]{34}(?!\w)/g,
    shown: 3,
  },
  {
    name: "a Docker Hub token",
    pattern: /(?<!\w)dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,}(?![\w-])/g,
    shown: 9,
  },
  {
    name: "a HashiCorp token",
    pattern:
      /(?<!\w)(?:hv[sb]\.[A-Za-z0-9_-]{90,}|[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,})(?![\w-])/g,
    shown: 0,
  },
  {
    name: "a PyPI token",
    pattern: /(?<!\w)pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}(?![\w-])/g,
    shown: 5,
  },
  {
    name: "a Grafana token",
    pattern: /(?<!\w)glsa_[A-Za-z0-9]{32}_[a-fA-F0-9]{8}(?!\w)/g,
    shown: 5,
  },
  {
    name: "a Linear key",
    pattern: /(?<!\w)lin_(?:api|oauth)_[A-Za-z0-9]{40,64}(?!\w)/g,
    shown: 8,
  },
  {
    name: "a DigitalOcean token",
    pattern: /(?<!\w)do[opr]_v1_[a-f0-9]{64}(?!\w)/g,
    shown: 7,
  },
  {
    name: "a Databricks token",
    pattern: /(?<!\w)dapi[a-f0-9]{32}(?:-\d)?(?!\w)/g,
    shown: 4,
  },
  {
    name: "an Atlassian token",
    pattern: /(?<!\w)ATATT3[A-Za-z0-9_=-]{180,}/g,
    shown: 6,
  },
  {
    name: "a Postman key",
    pattern: /(?<!\w)PMAK-[a-f0-9]{24}-[a-f0-9]{34}(?!\w)/g,
    shown: 5,
  },
  {
    name: "a New Relic key",
    pattern: /(?<!\w)NRAK-[A-Z0-9]{27}(?!\w)/g,
    shown: 5,
  },
  {
    name: "a key of an Azure storage account",
    pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/g,
    shown: 0,
  },
  {
    name: "a Twilio key",
    pattern: /(?<!\w)SK[a-f0-9]{32}(?!\w)/g,
    shown: 2,
  },
  {
    name: "a JSON Web Token",
    pattern: /(?<!\w)eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}/g,
    shown: 3,
  },
  {
    name: "a password in a URL",
    pattern:
      /(?<!\w)[a-z][a-z0-9+.-]*:\/\/[\w.%-]+:(?!pass(?:word)?@|secret@)([\w.%!*~-]{6,})@[\w.-]+/g,
    shown: 0,
  },
];
