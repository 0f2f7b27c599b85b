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
