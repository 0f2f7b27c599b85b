import type { ServicePlan } from "../../plan/index.ts";
import { retentionDays } from "../retention.ts";
import { inFolder, type RepositorySite } from "../site.ts";
import { baseOf, closed, oneAtATime } from "./base.ts";
import { checkOut, installQuietly, keep, setUpNode, setUpTerraform } from "./steps.ts";
import { workIn } from "./test-job.ts";
import type { WorkflowModel } from "./workflow-model.ts";

/** The emulator that lambdakit was tested with. */
const moto = "moto[server]==5.2.1";

/**
 * Every week, the whole life of the service on an emulator of AWS: it is deployed, promoted, rolled back, loses a table and
 * gets it back within what `recovery` promises. No role is taken on, so that nobody has to agree.
 */
export function rehearse(prod: ServicePlan, site: RepositorySite): WorkflowModel {
  const { service, runner, runtime } = baseOf(prod);
  const folder = ".lambdakit/rehearsal";
  return {
    name: `${service}: rehearse`,
    on: { schedule: [{ cron: weekly(service) }], workflow_dispatch: {} },
    permissions: closed.permissions,
    concurrency: oneAtATime(service, "rehearse"),
    defaults: closed.defaults,
    jobs: {
      rehearse: {
        note: "It has no role: what is lost on purpose here is an emulator's.",
        name: "Rehearse",
        "runs-on": runner,
        "timeout-minutes": 60,
        permissions: { contents: "read" },
        ...workIn(site),
        steps: [
          checkOut,
          setUpNode(runtime),
          setUpTerraform,
          { name: "Set up the emulator", run: `pipx install '${moto}'` },
          installQuietly(site),
          { name: "Rehearse", run: "npx lambdakit rehearse" },
          {
            note: "That of a stage that has failed is wanted most.",
            name: "Show the report",
            if: "always()",
            run: `cat ${folder}/report.md >> "$GITHUB_STEP_SUMMARY"`,
          },
          {
            ...keep(
              `${service}-rehearsal`,
              "the report",
              inFolder(site.service, folder),
              retentionDays.prod,
            ),
            if: "always()",
          },
        ],
      },
    },
  };
}

/**
 * A minute of Monday's early hours in UTC, which follows from the name: services of one organisation do not all begin at
 * once, and none at a full hour, when GitHub has most to do.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule (2026-11-27)
 */
function weekly(service: string): string {
  const sum = [...service].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return `${1 + (sum % 59)} ${2 + (sum % 4)} * * 1`;
}
