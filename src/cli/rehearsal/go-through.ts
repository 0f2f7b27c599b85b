import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { nextFreePort, usualPort } from "../../dev/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import {
  type RehearsalPorts,
  type RehearsalReport,
  runScript,
  script,
} from "../../rehearsal/index.ts";
import type { World } from "../command.ts";
import { toolkitVersion } from "../toolkit-version.ts";
import { openEmulatedAccounts } from "./emulated-accounts.ts";
import { openCheckout } from "./open-checkout.ts";
import { tellProgress } from "./progress.ts";
import { changeRelease } from "./release-source.ts";
import { runCommand } from "./run-command.ts";
import { clearReport } from "./write-report.ts";

interface Where {
  /** The service's folder. */
  readonly directory: string;
  /** The report's. */
  readonly folder: string;
  /** Terraform's version. */
  readonly terraform: string;
}

/** Everything that a rehearsal has around it, and the rehearsal. Whatever it starts and makes is gone afterwards, but for the report. */
export async function goThrough(
  plans: readonly ServicePlan[],
  { directory, folder, terraform }: Where,
  { terminal, interrupted }: World,
): Promise<RehearsalReport> {
  const at = new Date().toISOString();
  await clearReport(folder);
  const home = await realpath(await mkdtemp(path.join(tmpdir(), "lambdakit-rehearsal-")));
  try {
    const { service } = await openCheckout(directory, path.join(home, "checkout"));
    const accounts = await openEmulatedAccounts(plans, { folder: home, service });
    try {
      const whole = script(plans, await nextFreePort(usualPort));
      const setting = { accounts, service, report: folder, interrupted };
      let number = 0;
      const ports: RehearsalPorts = {
        now: () => performance.now(),
        interrupted,
        command: (act) => runCommand(act, ++number, setting),
        serve: ({ environment }) => accounts.serve(environment),
        release: ({ release }) => changeRelease(service, plans.at(-1) as ServicePlan, release),
        ...tellProgress(terminal, whole.stages.length),
      };
      const versions = {
        lambdakit: toolkitVersion(),
        Terraform: terraform,
        "Node.js": process.versions.node,
      };
      const [{ service: name } = { service: "" }] = plans;
      return { service: name, at, versions, ...(await runScript(whole, ports)) };
    } finally {
      await accounts.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
