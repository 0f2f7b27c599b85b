/** Trust policies as people write them by mistake: each lets in somebody who is not meant. */
import {
  add,
  ask,
  by,
  change,
  claimsOf,
  key,
  like,
  type Mutate,
  providerOf,
  readers,
  subject,
} from "./mutate.ts";

export type Mutation = readonly [says: string, mutate: Mutate];

const ofAccount = { Effect: "Allow", Action: "sts:AssumeRole" } as const;

/** Of a role that GitHub's jobs take on. */
export const gitHubMutations: readonly Mutation[] = [
  ["no condition at all", change(() => ({ Condition: {} }))],
  ["no audience", ask("aud")],
  ["no subject", ask("sub")],
  ["the audience, if there is one", by("StringEqualsIfExists", "aud")],
  ["the audience for all values", by("ForAllValues:StringEquals", "aud")],
  ["the subject, if there is one", by("StringEqualsIfExists", "sub")],
  ["the subject for all values", by("ForAllValues:StringEquals", "sub")],
  ["the subject in any case", by("StringEqualsIgnoreCase", "sub")],
  ["a subject, whichever", ask("sub", () => ({ Null: { [key("sub")]: "false" } }))],
  [
    "any subject but a pull request's",
    ask("sub", () => ({ StringNotLike: { [key("sub")]: "repo:*:pull_request" } })),
  ],
  ["every subject", like(() => "*")],
  ["every job of the repository", like((own) => own.replace(/:environment:.*/, ":*"))],
  ["every environment of the repository", like((own) => own.replace(/[^:]*$/, "*"))],
  ["every repository of the owner", like((own) => own.replace(/\/.*/, "/*:*"))],
  ["every repository's environment", like((own) => own.replace(/\/[^:]*/, "/*"))],
  ["every owner that is called nearly so", like((own) => own.replace("/", "*/"))],
  ["every repository that is called nearly so", like((own) => own.replace(":env", "*:env"))],
  ["everything behind the subject", like((own) => `${own}*`)],
  ["everything before the subject", like((own) => own.replace("repo:", "*"))],
  ["another environment beside it", subject((own) => [own, own.replace(/[^:]*$/, "staging")])],
  ["the branch instead", subject((own) => own.replace(/environment:.*/, "ref:refs/heads/main"))],
  [
    "pull requests beside it",
    subject((own) => [own, own.replace(/environment.*/, "pull_request")]),
  ],
  [
    "another environment",
    subject((own) =>
      own.replace(/(dev|sit|prod)(?=(-plan)?$)/, (name) => (name === "prod" ? "sit" : "prod")),
    ),
  ],
  ["everybody's provider", change(() => ({ Principal: "*" }))],
  [
    "another identity provider beside it",
    add((first) => ({
      ...first,
      Principal: { Federated: providerOf(first).replace(/[^/]*$/, "gitlab.com") },
      Condition: { StringEquals: { "gitlab.com:sub": claimsOf(first)[key("sub")] ?? "" } },
    })),
  ],
  [
    "another statement, for the owner's jobs",
    add((first) => ({
      ...first,
      Condition: { StringLike: { [key("sub")]: "repo:BigBeardWebSolutions/*" } },
    })),
  ],
  [
    "another statement, for an account",
    add(() => ({ ...ofAccount, Principal: { AWS: "999999999999" } })),
  ],
  ["another statement, for all accounts", add(() => ({ ...ofAccount, Principal: { AWS: "*" } }))],
];

/** Of the role that deploys, which asks for the branch, too. */
export const branchMutations: readonly Mutation[] = [
  ["no branch", ask("ref")],
  ["every branch", ask("ref", () => ({ StringLike: { [key("ref")]: "refs/heads/*" } }))],
  [
    "the branch and what goes on",
    ask("ref", (own) => ({ StringLike: { [key("ref")]: `${own}*` } })),
  ],
  ["the branch, if there is one", by("StringEqualsIfExists", "ref")],
  ["the branch in any case", by("StringEqualsIgnoreCase", "ref")],
];

/** Of the role that the next account reads releases as. */
export const releasesMutations: readonly Mutation[] = [
  ["the whole account", change(() => ({ Condition: {} }))],
  ["everybody", change(() => ({ Principal: "*", Condition: {} }))],
  [
    "such roles of every account",
    readers((arn) => arn.replace(/::\d+:/, "::*:"), { Principal: { AWS: "*" } }),
  ],
  ["every role of the account", readers((arn) => arn.replace(/role\/.*/, "role/*"))],
  ["roles whose names go on", readers((arn) => `${arn}*`)],
  ["roles whose names begin before", readers((arn) => arn.replace("role/", "role/*"))],
  ["every service's roles", readers((arn) => arn.replace("-product-", "-*-"))],
  [
    "roles with a tag, if there is one",
    change(() => ({ Condition: { ArnLikeIfExists: { "aws:PrincipalTag/role": "promote" } } })),
  ],
  [
    "an organisation, for all values",
    change(() => ({
      Condition: { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-1/*" } },
    })),
  ],
  [
    "another account beside it",
    add(() => ({ ...ofAccount, Principal: { AWS: "arn:aws:iam::999999999999:root" } })),
  ],
];
