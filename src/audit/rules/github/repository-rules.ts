import type { Rule } from "../../rule.ts";
import { unlessUnread } from "../../unread.ts";

export const repositoryPublic: Rule = {
  id: "repository-public",
  severity: "high",
  means: "everybody may read the repository",
  why: "Account ids, names of tables and roles, and every mistake of the past are there for whoever looks.",
  source:
    "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/managing-repository-settings/setting-repository-visibility",
  checks: {
    gitHub: ({ visibility, url, repository }) =>
      visibility === "public"
        ? [
            {
              place: { resource: url },
              evidence: "its visibility is public",
              fix: `gh repo edit ${repository} --visibility private --accept-visibility-change-consequences; one that is meant to be public goes into the baseline`,
            },
          ]
        : [],
  },
};

export const tokenMayWrite: Rule = {
  id: "token-may-write",
  severity: "high",
  means: "a job that states nothing may write to the repository",
  why: "Each action and each package in such a job could push, or publish a release.",
  source:
    "https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository",
  checks: {
    gitHub: ({ jobToken, url, repository }) =>
      unlessUnread(jobToken, ({ mayWrite }) =>
        mayWrite
          ? [
              {
                place: { resource: `${url}/settings/actions` },
                evidence: "default_workflow_permissions is write",
                fix: `gh api --method PUT repos/${repository}/actions/permissions/workflow --field default_workflow_permissions=read`,
              },
            ]
          : [],
      ),
  },
};

export const actionsMayApprove: Rule = {
  id: "actions-may-approve",
  severity: "high",
  means: "a job may approve a pull request",
  why: "A review that the branch asks for can come from the workflow of the very change.",
  source: tokenMayWrite.source,
  checks: {
    gitHub: ({ jobToken, url, repository }) =>
      unlessUnread(jobToken, ({ mayApprove }) =>
        mayApprove
          ? [
              {
                place: { resource: `${url}/settings/actions` },
                evidence: "can_approve_pull_request_reviews is true",
                fix: `gh api --method PUT repos/${repository}/actions/permissions/workflow --field default_workflow_permissions=read --field can_approve_pull_request_reviews=false`,
              },
            ]
          : [],
      ),
  },
};

export const actionsUnrestricted: Rule = {
  id: "actions-unrestricted",
  severity: "low",
  means: "every action of GitHub may run",
  why: "One line in a pull request brings in code of somebody whom nobody here knows.",
  source: tokenMayWrite.source,
  checks: {
    gitHub: ({ allowedActions, url, repository }) =>
      typeof allowedActions === "object"
        ? allowedActions
        : allowedActions === "all"
          ? [
              {
                place: { resource: `${url}/settings/actions` },
                evidence: "allowed_actions is all",
                fix: `gh api --method PUT repos/${repository}/actions/permissions --field enabled=true --field allowed_actions=selected, and select those that the workflows use`,
              },
            ]
          : [],
  },
};

export const storedKey: Rule = {
  id: "stored-key",
  severity: "critical",
  means: "GitHub keeps a key of AWS",
  why: "It works from everywhere and for ever, for whatever runs in a job.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  checks: {
    gitHub: ({ secrets, url, repository }) =>
      unlessUnread(secrets, (all) =>
        all
          .filter((name) => /AWS_?(?:\w+_)?(?:ACCESS_KEY|SECRET)/i.test(name))
          .map((name) => ({
            place: { resource: `${url}/settings/secrets/actions` },
            evidence: `there is a secret ${name}`,
            fix: `gh secret delete ${name} --repo ${repository}, and end the key in IAM: workflows take on roles`,
          })),
      ),
  },
};
