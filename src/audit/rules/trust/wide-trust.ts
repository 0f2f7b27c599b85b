import { prepareTrust, type TrustCaller, type TrustPolicy } from "../../../evaluate/index.ts";
import type { FileFacts, Subject } from "../../facts.ts";
import type { Found } from "../../finding.ts";
import { lineAt } from "../../line-at.ts";
import type { Rule } from "../../rule.ts";
import { terraformFiles } from "../../terraform/own-terraform.ts";
import { unlessUnread } from "../../unread.ts";

export const wideTrust: Rule = {
  id: "wide-trust",
  severity: "critical",
  means: "others than this repository's deployed branch may take on a role",
  why: "Anybody who may push to any branch there, of any repository that fits, deploys to the account.",
  source:
    "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws",
  checks: {
    files: inTerraform,
    account: ({ roles: all, accountId }, { deployment }) =>
      unlessUnread(all, (roles) =>
        roles.flatMap(({ arn, trust }) =>
          strangers(accountId, deployment.repository)
            .filter(({ caller }) => lets(trust, caller))
            .slice(0, 1)
            .map(({ who }) => ({
              place: { resource: arn },
              evidence: `its trust policy lets in ${who}`,
              fix: "lambdakit bootstrap, where the role is lambdakit's; else name one subject with StringEquals",
            })),
        ),
      ),
  },
};

interface Stranger {
  readonly who: string;
  readonly caller: TrustCaller;
}

/** Callers that no role of a service is for. Who of them gets in shows how wide a policy is; the widest comes first. */
function strangers(accountId: string, repository: string | null): Stranger[] {
  const [owner = "", name = ""] = (repository ?? "").split("/");
  const provider = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
  const job = (
    who: string,
    slug: string,
    subject = "ref:refs/heads/anything",
    ref = "refs/heads/anything",
  ): Stranger => ({
    who,
    caller: {
      provider,
      subject: `repo:${slug}:${subject}`,
      audience: "sts.amazonaws.com",
      claims: { repository: slug, ref, actor: "stranger", environment: "dev" },
    },
  });
  const own = `${owner}/${name}`;
  return [
    {
      who: "every AWS account",
      caller: { arn: "arn:aws:iam::999999999999:role/stranger", accountId: "999999999999" },
    },
    job("every repository of GitHub", "stranger/other"),
    ...(owner === ""
      ? []
      : [
          job(`every repository of ${owner}`, `${owner}/stranger-other`),
          job(`every branch of ${own}`, own),
          job(`pull requests of ${own}`, own, "pull_request", "refs/pull/1/merge"),
        ]),
  ];
}

function lets(policy: TrustPolicy, caller: TrustCaller): boolean {
  try {
    return prepareTrust(policy)(caller).effect === "allowed";
  } catch {
    // What is not understood is not taken for safe, and not for open: IAM has accepted something newer.
    return false;
  }
}

/** A subject with a wildcard where the repository or what follows it is named. */
const wideSubject = /"(repo:(?:[^"/]*\*[^"]*|[^"/]+\/[^":]*\*[^"]*|[^"/]+\/[^":]+:\*))"/g;
/** Who has a role's trust whoever they are. */
const everybody = /(?:AWS|identifiers)"?\s*[=:]\s*\[?\s*"\*"/g;

function inTerraform(facts: FileFacts, subject: Subject): Found[] {
  return terraformFiles(facts, subject).flatMap(({ path, text }) => {
    const place = (at: number) => ({ file: path, line: lineAt(text, at) });
    const subjects = [...text.matchAll(wideSubject)].map((match) => ({
      place: place(match.index),
      evidence: `the subject may be ${match[1]}`,
      fix: "name one subject, such as repo:OWNER/REPOSITORY:environment:prod, with StringEquals",
    }));
    const open = [...text.matchAll(everybody)]
      .filter(({ index }) =>
        /sts:AssumeRole/.test(text.slice(Math.max(0, index - 400), index + 400)),
      )
      .map((match) => ({
        place: place(match.index),
        evidence: "everybody is trusted",
        fix: "name the account, or the role, that may take it on",
      }));
    return [...subjects, ...open];
  });
}
