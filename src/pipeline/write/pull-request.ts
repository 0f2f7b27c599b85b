import type { ServicePlan } from "../../plan/index.ts";
import { serviceRoles } from "../service-roles.ts";
import { inFolder, type RepositorySite } from "../site.ts";
import { type Base, baseOf, closed } from "./base.ts";
import { changesMarkdown } from "./changes-markdown.ts";
import { checkOut, install, installQuietly, setUpNode, setUpTerraform, takeOn } from "./steps.ts";
import { testJob, workIn } from "./test-job.ts";
import { expression, type JobModel, type WorkflowModel } from "./workflow-model.ts";

/** Before a change is merged: its tests, what it would do to dev and what it would cost, as a comment. */
export function pullRequest(dev: ServicePlan, site: RepositorySite): WorkflowModel {
  const base = baseOf(dev);
  return {
    name: `${base.service}: pull request`,
    on: { pull_request: { branches: [dev.deployment.branch] } },
    permissions: closed.permissions,
    concurrency: {
      group: `${base.service}-pull-request-${expression("github.event.pull_request.number")}`,
      // Nothing is changed by it, and only the newest commit is of interest.
      "cancel-in-progress": true,
    },
    defaults: closed.defaults,
    jobs: {
      test: testJob(base, site),
      plan: planJob(dev, site),
      cost: costJob(base, site),
      comment: commentJob(dev, base.runner),
    },
  };
}

/** The same two conditions keep out what gets no token: forks, and Dependabot, which GitHub treats as one. */
export const fromHere =
  "github.event.pull_request.head.repo.full_name == github.repository && github.actor != 'dependabot[bot]'";

function planJob(dev: ServicePlan, site: RepositorySite): JobModel {
  const base = baseOf(dev);
  const role = serviceRoles(dev).plan;
  return {
    note: "Runs what the pull request brings, and so gets a role that can change nothing.",
    name: "Plan",
    if: fromHere,
    "runs-on": base.runner,
    "timeout-minutes": 20,
    environment: role.gate,
    permissions: { contents: "read", "id-token": "write" },
    outputs: { comment: expression("steps.comment.outputs.comment") },
    ...workIn(site),
    steps: [
      checkOut,
      setUpNode(base.runtime),
      setUpTerraform,
      installQuietly(site),
      takeOn(role, dev.accountId, dev.region),
      {
        note: "2 says that something would change, which is no failure.",
        name: "Plan",
        run: 'npx lambdakit plan --env dev --json | tee "$RUNNER_TEMP/plan.json" || test $? -eq 2\n',
      },
      {
        name: "Write the comment",
        id: "comment",
        run: `${changesMarkdown(`"### ${dev.service}: what this changes in dev"`)} "$RUNNER_TEMP/plan.json" |
  tee -a "$GITHUB_STEP_SUMMARY" |
  jq --raw-input --slurp --raw-output '"comment=" + (.[:60000] | tojson)' >> "$GITHUB_OUTPUT"
`,
      },
    ],
  };
}

/**
 * Works out the cost of the pull request and of what it is to be merged into, both with the lambdakit that the pull
 * request has: what differs is the service's doing. Its price is of no state and no account, so that it needs no role.
 */
function costJob({ service, runner, runtime }: Base, site: RepositorySite): JobModel {
  // Within the folder that packages are installed in, they are found from there, too.
  const before = inFolder(site.installation, ".base");
  return {
    note: "Needs no account: service.ts and the list of prices are enough.",
    name: "Cost",
    "runs-on": runner,
    "timeout-minutes": 15,
    permissions: { contents: "read" },
    outputs: { comment: expression("steps.cost.outputs.comment") },
    ...workIn(site),
    steps: [
      {
        ...checkOut,
        note: "GitHub checks out the merge; the first of its two parents is what it is merged into.",
        with: { ...checkOut.with, "fetch-depth": 2 },
      },
      setUpNode(runtime),
      install(site),
      {
        note: "What cannot be priced is said, and stops nobody.",
        name: "Work out the cost",
        id: "cost",
        run: `before="$GITHUB_WORKSPACE/${before}"
git worktree add --detach "$before" HEAD^1
options=(--env dev --markdown)
if [ -f "$before/${inFolder(site.service, "service.ts")}" ]; then
  options+=(--diff-with "$before/${site.service}")
fi
if ! npx lambdakit cost "\${options[@]}" > "$RUNNER_TEMP/cost.md" 2> "$RUNNER_TEMP/cost.log"; then
  { printf '%s\n\n' "### ${service}: no cost"; sed 's/^/    /' "$RUNNER_TEMP/cost.log"; } > "$RUNNER_TEMP/cost.md"
fi
tee -a "$GITHUB_STEP_SUMMARY" < "$RUNNER_TEMP/cost.md" |
  jq --raw-input --slurp --raw-output '"comment=" + (.[:5000] | tojson)' >> "$GITHUB_OUTPUT"
`,
      },
    ],
  };
}

/** Each service has one comment, which is found again by its first line. */
function commentJob({ service }: ServicePlan, runner: string): JobModel {
  const mark = `<!-- lambdakit plan: ${service} -->`;
  return {
    note: "Apart from the others: what may write here runs nothing that the pull request brings.",
    name: "Comment",
    needs: ["plan", "cost"],
    "runs-on": runner,
    "timeout-minutes": 5,
    permissions: { "pull-requests": "write" },
    steps: [
      {
        name: "Comment",
        env: {
          COMMENT: expression("needs.plan.outputs.comment"),
          COST: expression("needs.cost.outputs.comment"),
          GH_TOKEN: expression("github.token"),
          NUMBER: expression("github.event.pull_request.number"),
        },
        run: `comments="repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments"
jq --null-input --raw-output '"${mark}\\n" + (env.COMMENT | fromjson) + "\\n" + (env.COST | fromjson)' > "$RUNNER_TEMP/comment.md"
ids=$(gh api --paginate "$comments" --jq '.[]
  | select(.user.login == "github-actions[bot]" and (.body | startswith("${mark}"))) | .id')
if [ -n "$ids" ]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/\${ids%%$'\\n'*}" --field body=@"$RUNNER_TEMP/comment.md"
else
  gh api --method POST "$comments" --field body=@"$RUNNER_TEMP/comment.md"
fi
`,
      },
    ],
  };
}
