import type { Rule } from "../../rule.ts";
import { unlessUnread } from "../../unread.ts";

export const alertsOff: Rule = {
  id: "alerts-off",
  severity: "medium",
  means: "GitHub tells nobody of vulnerable packages",
  why: "How to use a hole is public on the day that it is found.",
  source:
    "https://docs.github.com/en/code-security/concepts/supply-chain-security/dependabot-alerts",
  checks: {
    gitHub: ({ alertsOn, url, repository }) =>
      unlessUnread(alertsOn, ({ isOn }) =>
        !isOn
          ? [
              {
                place: { resource: `${url}/settings/security_analysis` },
                evidence: "Dependabot alerts are off",
                fix: `gh api --method PUT repos/${repository}/vulnerability-alerts`,
              },
            ]
          : [],
      ),
  },
};

export const alertOpen: Rule = {
  id: "alert-open",
  severity: "high",
  means: "a Dependabot alert is open",
  why: "How to use it is public.",
  source: alertsOff.source,
  checks: {
    gitHub: ({ openAlerts }) =>
      unlessUnread(openAlerts, (all) =>
        all.map(({ number, url, package: name, severity, summary }) => ({
          place: { resource: url },
          evidence: `#${number}, ${name}: ${summary}`,
          fix: "npm audit fix, or dismiss it there with the reason",
          severity,
        })),
      ),
  },
};

export const secretScanningOff: Rule = {
  id: "secret-scanning-off",
  severity: "medium",
  means: "GitHub does not look for secrets",
  why: "One that was pushed stays unnoticed until somebody uses it.",
  source: "https://docs.github.com/en/code-security/concepts/secret-security/about-secret-scanning",
  checks: {
    gitHub: ({ scanning, url, repository }) =>
      unlessUnread(scanning, ({ findsSecrets }) =>
        !findsSecrets
          ? [
              {
                place: { resource: `${url}/settings/security_analysis` },
                evidence: "secret_scanning is disabled",
                fix: `gh repo edit ${repository} --enable-secret-scanning`,
              },
            ]
          : [],
      ),
  },
};

export const pushProtectionOff: Rule = {
  id: "push-protection-off",
  severity: "medium",
  means: "GitHub takes a push that has a secret in it",
  why: "What was pushed has to be ended; what was refused has not.",
  source: "https://docs.github.com/en/code-security/concepts/secret-security/about-push-protection",
  checks: {
    gitHub: ({ scanning, url, repository }) =>
      unlessUnread(scanning, ({ refusesPushes }) =>
        !refusesPushes
          ? [
              {
                place: { resource: `${url}/settings/security_analysis` },
                evidence: "secret_scanning_push_protection is disabled",
                fix: `gh repo edit ${repository} --enable-secret-scanning-push-protection`,
              },
            ]
          : [],
      ),
  },
};

export const secretAlertOpen: Rule = {
  id: "secret-alert-open",
  severity: "critical",
  means: "GitHub has found a secret, and nobody has closed the alert",
  why: "It works until it is ended where it was issued.",
  source: secretScanningOff.source,
  checks: {
    gitHub: ({ openSecrets }) =>
      unlessUnread(openSecrets, (all) =>
        all.map(({ url, kind }) => ({
          place: { resource: url },
          evidence: kind,
          fix: "end it where it was issued, and close the alert as revoked",
        })),
      ),
  },
};
