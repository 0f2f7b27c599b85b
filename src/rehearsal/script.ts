import type { ServicePlan } from "../plan/index.ts";
import type { Act, CommandAct, Look } from "./act.ts";
import { drilled } from "./drilled.ts";
import * as looks from "./looks.ts";
import { leftOutOfRunbooks, runbookActs } from "./runbook-acts.ts";
import type { Script, Stage } from "./stage.ts";
import { command, consent, env } from "./typed.ts";

/** A canary that is long enough for callers to meet both versions, and to be watched. */
const canary = ["--canary", "10%:4s,50%:4s"];
/** One whose figures are soon enough for a verdict. */
const badCanary = ["--canary", "50%:1m"];

/**
 * The life of a service, in the order in which it is lived.
 *
 * @param plans of all environments, the first one first
 * @param port where `dev` may listen
 */
export function script(plans: readonly ServicePlan[], port: number): Script {
  const [first, ...later] = plans as [ServicePlan, ...ServicePlan[]];
  const last = later.at(-1) ?? first;
  const hasTable = first.tables.length > 0;
  const stages: readonly Stage[] = [
    {
      id: "package",
      shows: "each function becomes a zip",
      acts: [command(first, ["package"], looks.packaged)],
    },
    {
      id: "bootstrap",
      shows: `${plans.length} empty accounts are prepared`,
      acts: plans.map((plan) => command(plan, ["bootstrap", ...env(plan)], looks.prepared)),
    },
    ...plans.map((plan, index): Stage => {
      const before = plans[index - 1];
      return {
        id: plan.environment,
        shows:
          before === undefined
            ? "the first release is built, deployed and verified"
            : `the same bytes are promoted from ${before.environment}, and verified`,
        // Nothing answers yet where nothing is deployed.
        acts: [...secrets(plan), arrive(plan, before, ["--skip-verify"]), ...served(plan)],
      };
    }),
    {
      id: "canary",
      shows: "a second release reaches callers bit by bit, and none of them notices",
      acts: [
        { kind: "release", release: "second" },
        ...reach(plans.slice(0, -1)),
        { ...arrive(last, later.at(-2) ?? first, canary, looks.promotedUnnoticed), called: true },
      ],
    },
    {
      id: "bad-release",
      shows: `a release that fails in ${last.environment} alone goes back by itself`,
      acts: [
        { kind: "release", release: "bad" },
        ...reach(plans.slice(0, -1)),
        {
          ...arrive(last, later.at(-2) ?? first, badCanary, looks.rolledBack),
          called: true,
          exitCode: 1,
        },
        command(last, ["verify", ...env(last)], looks.verifiedAsBefore(secondToLast)),
      ],
    },
    {
      id: "recovery",
      shows: hasTable
        ? "a table is deleted, and restored from its newest backup"
        : "a function is broken, and led back to its release",
      acts: [
        command(
          first,
          ["dr", "drill", hasTable ? "table-lost" : "function-broken", ...env(first), ...drill],
          drilled,
        ),
      ],
    },
    {
      id: "audit",
      shows: "nobody gets in who should not: files, history, accounts",
      acts: plans.map((plan) =>
        command(plan, ["audit", ...env(plan), "--severity", "high"], looks.audited(plan)),
      ),
    },
    {
      id: "runbooks",
      shows: "the steps of all runbooks that are a matter of course, and what they say",
      acts: [{ kind: "release", release: "first" }, ...runbookActs(first, port)],
    },
  ];
  return { stages, leftOut: leftOutOfRunbooks };
}

const drill = ["--confirm", "drill"];

/** The release that was built before the last one. */
function secondToLast(earlier: Parameters<typeof looks.lastRelease>[0]): string | undefined {
  const built = looks.lastRelease(earlier);
  return looks.lastRelease(earlier.filter(({ release }) => release !== built));
}

/** A new release comes to each of these environments. */
function reach(plans: readonly ServicePlan[]): readonly Act[] {
  return plans.map((plan, index) => arrive(plan, plans[index - 1]));
}

function arrive(
  plan: ServicePlan,
  before: ServicePlan | undefined,
  more: readonly string[] = [],
  look?: Look,
): CommandAct {
  if (before === undefined) {
    return command(plan, ["deploy", ...env(plan), ...more], look ?? looks.deployed);
  }
  const way = ["promote", "--from", before.environment, "--to", plan.environment];
  return command(plan, [...way, ...consent(plan), ...more], look ?? looks.promoted);
}

function served(plan: ServicePlan): readonly Act[] {
  return [
    { kind: "serve", environment: plan.environment },
    command(plan, ["verify", ...env(plan)], looks.verified),
  ];
}

function secrets(plan: ServicePlan): readonly Act[] {
  return plan.secrets.map(({ key }) => ({
    ...command(plan, ["secret", "set", key, ...env(plan), ...consent(plan)], looks.given),
    input: "rehearsed",
  }));
}
