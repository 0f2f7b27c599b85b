import type { ServicePlan } from "../../plan/index.ts";
import { retentionDays } from "../retention.ts";
import { onBranch, serviceRoles } from "../service-roles.ts";
import { inFolder, type RepositorySite } from "../site.ts";
import { type Approval, approvalOf } from "./approval.ts";
import { baseOf, closed, oneAtATime } from "./base.ts";
import { checkOut, installQuietly, keep, setUpNode, setUpTerraform, takeOn } from "./steps.ts";
import { testJob, workIn } from "./test-job.ts";
import { expression, type JobModel, type WorkflowModel } from "./workflow-model.ts";

/**
 * After a merge: tested once more, built once and for all, and deployed to dev. Where dev has to be confirmed,
 * somebody starts it, and nothing is deployed by a merge.
 *
 * @param file the workflow's own path
 */
export function deployDev(dev: ServicePlan, site: RepositorySite, file: string): WorkflowModel {
  const base = baseOf(dev);
  const approval = approvalOf(dev, base.runner);
  const test = testJob(base, site);
  return {
    name: `${base.service}: deploy to dev`,
    on:
      approval.job === null
        ? { push: { branches: [dev.deployment.branch], ...pathsOf(site, file) } }
        : { workflow_dispatch: { inputs: approval.inputs } },
    permissions: closed.permissions,
    concurrency: oneAtATime(base.service, "dev"),
    defaults: closed.defaults,
    jobs:
      approval.job === null
        ? { test, deploy: deployJob(dev, site, approval) }
        : {
            confirm: approval.job,
            test: { ...test, needs: "confirm" },
            deploy: deployJob(dev, site, approval),
          },
  };
}

/** What the service is made of. All of the repository, where the service is its root. */
function pathsOf(site: RepositorySite, file: string): { readonly paths?: readonly string[] } {
  if (site.service === ".") return {};
  const paths = [
    `${site.service}/**`,
    inFolder(site.installation, "package.json"),
    inFolder(site.installation, "package-lock.json"),
    ...(site.toolkitSource === null
      ? []
      : [inFolder(site.toolkitSource, "src/**"), inFolder(site.toolkitSource, "terraform/**")]),
    file,
  ];
  return { paths };
}

function deployJob(dev: ServicePlan, site: RepositorySite, approval: Approval): JobModel {
  const base = baseOf(dev);
  const role = serviceRoles(dev).deploy;
  return {
    name: "Deploy",
    needs: "test",
    if: onBranch(dev),
    "runs-on": base.runner,
    "timeout-minutes": 60,
    environment: role.gate,
    permissions: { contents: "read", "id-token": "write" },
    ...workIn(site),
    steps: [
      checkOut,
      setUpNode(base.runtime),
      setUpTerraform,
      installQuietly(site),
      takeOn(role, dev.accountId, dev.region),
      {
        name: "Deploy",
        env: { LAMBDAKIT_URL: expression("vars.LAMBDAKIT_URL"), ...approval.variables },
        run: `npx lambdakit deploy --env dev ${approval.options}--json | tee "$RUNNER_TEMP/deployment.json"\n`,
      },
      {
        name: "Say which release is live",
        run: `jq --raw-output '"### ${base.service}, dev: release \`\\(.release)\`", "", .url' "$RUNNER_TEMP/deployment.json" >> "$GITHUB_STEP_SUMMARY"\n`,
      },
      keep(
        `${base.service}-artifacts`,
        "the artifacts",
        inFolder(site.service, ".lambdakit/artifacts"),
        retentionDays.dev,
      ),
    ],
  };
}
