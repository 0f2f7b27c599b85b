import type { Rule } from "../../rule.ts";
import { unlessUnread } from "../../unread.ts";

export const userKey: Rule = {
  id: "user-key",
  severity: "high",
  means: "a user of IAM has an access key",
  why: "It works from everywhere until somebody ends it, for whoever has read it once.",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  checks: {
    account: ({ accessKeys: all, accountId }) =>
      unlessUnread(all, (accessKeys) =>
        accessKeys.map(({ user, key, created }) => ({
          place: { resource: `arn:aws:iam::${accountId}:user/${user}` },
          evidence: `${user} has the active key ${key}…, made on ${created.slice(0, 10)}`,
          fix: `let ${user} sign in with aws sso login, or take on a role; then aws iam delete-access-key --user-name ${user}`,
        })),
      ),
  },
};
