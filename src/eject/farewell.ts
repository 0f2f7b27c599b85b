import type { ServicePlan } from "../plan/index.ts";
import { instead } from "./instead.ts";
import type { LeftOver } from "./left-over.ts";

/** What is left to say. */
export const farewellFile = "EJECTED.md";

/**
 * What the service has now, how it is changed, and what to do in the place of what is not here any more.
 *
 * @param plans of dev, sit and prod: commands are written for the last
 */
export function farewell(plans: readonly ServicePlan[], leftOver: readonly LeftOver[]): string {
  const last = plans.at(-1);
  if (last === undefined) throw new TypeError("there is no plan");
  return `# ${last.service} on its own

This service was made with a toolkit, lambdakit, and has left it. Nothing here asks for it any more: what the source imports of it lies
in \`vendor/lambdakit\`, built, with its types and its licence. Everything else is plain: Terraform, a few scripts, workflows.

## First of all

\`\`\`sh
npm install               # writes package-lock.json anew: commit it
npm test
npm run plan -- dev       # with credentials of the account: no changes
\`\`\`

Where a plan wants to replace a table, that table was restored once, and is called otherwise now. \`TF_DATA_DIR=.terraform/dev terraform output tables\` in
\`terraform/stacks/service\` says how: write that name into \`tables\`, \`functions\` and \`alarms\` of \`terraform/environments\` before
anything is applied. \`npm run deploy\` refuses to delete a table.

## What is where

| Where | What |
|---|---|
| \`scripts/\` | what \`npm start\`, \`npm run build\`, \`plan\`, \`deploy\` and \`token\` do; \`settings.js\` says what they are told |
| \`terraform/stacks/service\`, \`terraform/modules\` | what the service is in AWS |
| \`terraform/environments\` | what Terraform is told of each environment, and where its state lies |
| \`terraform/stacks/account\`, \`terraform/accounts\` | buckets, boundaries and roles of an account, see [below](#the-account) |
| \`service.ts\` | what tests and \`npm start\` go by: the same facts for this machine |
| \`vendor/lambdakit\` | what \`src/\` and \`tests/\` import, and what \`npm start\` runs |
| \`runbooks/alarms.md\` | what to do when an alarm fires: alarms link it |

A new function needs its handler, a line in \`scripts/settings.js\`, its entry under \`functions\` in each of \`terraform/environments\`, and for
a route its path in \`api.body\` there; then the same in \`service.ts\`, for tests and \`npm start\`. Copy those of a function that is there.

## The way to production

\`npm run build\` makes a zip for each function, the same bytes on every machine. \`npm run deploy -- dev\` builds, applies and asks the API; where it
does not answer as \`smokeChecks\` in \`scripts/settings.js\` say, callers are led to the version of before again. It leaves \`build/proven.json\` behind.
\`npm run deploy -- sit --confirm sit\` and then \`-- prod --confirm prod\` take those very zips, and refuse others. \`--plan DIGEST\` applies what
\`npm run plan\` has shown, or nothing. The workflows do the same, with the roles that are there; GitHub's variable \`SERVICE_URL\` says where to ask
an API that has another address.

Zips differ once from those that were deployed before: another program makes them, of the same source. Until then, \`npm run plan\` says what Terraform
would change with the code that is deployed.

## What is not here any more

Commands are written for ${last.environment}, and for one of the functions.

${instead(last)}

## The account

Its buckets, boundaries and roles stay as they are, in a state of their own, which may be shared with other services. To change them, write the services of all
into \`services\` of \`terraform/accounts/*.tfvars.json\` first (\`terraform output -json services\` has them): whoever is missing there loses their roles.

\`\`\`sh
cd terraform/stacks/account
terraform init -reconfigure -backend-config=../../accounts/${last.environment}.tfbackend
terraform plan -var-file=../../accounts/${last.environment}.tfvars.json
\`\`\`

## The library

\`vendor/lambdakit\` is JavaScript that can be read and changed, under the licence beside it. \`dist/runtime\` and \`dist/authorizer\` ship inside the functions, and import Node.js and \`jose\`
alone. Update the packages that it names in its \`package.json\` as your own.
${byHand(leftOver)}`;
}

function byHand(leftOver: readonly LeftOver[]): string {
  if (leftOver.length === 0) return "";
  const files = [...new Set(leftOver.map(({ file }) => file))];
  const lines = files.map((file) => {
    const at = leftOver.filter((one) => one.file === file).map(({ line }) => line);
    return `- \`${file}\`, ${at.length === 1 ? "line" : "lines"} ${at.join(", ")}`;
  });
  return `
## To be changed by hand

These say commands of the toolkit that nothing here knows the place of:

${lines.join("\n")}
`;
}
