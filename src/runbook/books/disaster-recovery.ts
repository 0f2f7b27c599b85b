import type { BackupsPlan, ServicePlan } from "../../plan/index.ts";
import type { FactTable, Procedure, Runbook, RunbookSection } from "../runbook.ts";
import { byHand, change, look } from "../step.ts";
import { consentWords, line, usualSteps } from "../usual-steps.ts";
import { drillSection } from "./drill-section.ts";
import { regionSections } from "./region-sections.ts";

/** What brings a service back, by what was lost. */
export function disasterRecoveryRunbook(plans: readonly ServicePlan[], plan: ServicePlan): Runbook {
  const { service, environment, tables } = plan;
  const own = tables.filter(({ existing }) => !existing);
  return {
    name: "disaster-recovery",
    title: `Disaster recovery of ${service}`,
    purpose: `Brings ${service} back after a loss, within an RPO of ${plan.recovery.rpoMinutes} minutes and an RTO of ${plan.recovery.rtoMinutes} minutes.`,
    environment,
    sections: [
      { id: "strategy", title: "Strategy", facts: strategy(plans, plan), procedure: null },
      {
        id: "backups",
        title: "Backup components",
        facts: [kept(plans)],
        procedure: { ...readiness(plan), isRoutine: true },
      },
      functionBroken(plan),
      ...(own.length === 0 ? [] : [tableLost(plan), tableDamaged(plan)]),
      ...regionSections(plan),
      ...(own.length === 0 ? [] : [drillSection(plan)]),
      {
        id: "afterwards",
        title: "Afterwards",
        facts: [],
        procedure: {
          see: "It is over.",
          means: "What is not put in order now is missing the next time.",
          isRoutine: false,
          steps: [
            { ...usualSteps(plan).status, id: "status-after" },
            { ...usualSteps(plan).backupNow, id: "backup-after" },
            { ...usualSteps(plan).history, id: "history-after" },
            byHand({
              id: "write-down",
              what: "Write down when it began, when it was seen, what was done, what was lost. The history has the times of all commands.",
              check: "Whoever reads it could do it again.",
              otherwise: "Do it today: tomorrow it is another story.",
            }),
          ],
          escalate: "Where data was lost: whoever owns the service tells those whose data it was.",
        },
      },
    ],
  };
}

function strategy(plans: readonly ServicePlan[], { recovery, environment }: ServicePlan) {
  const standby = plans.flatMap((one) =>
    one.recovery.standby === null
      ? []
      : [`${one.environment} in \`${one.recovery.standby.region}\``],
  );
  return [
    standby.length === 0
      ? "One region is active, and nothing stands by elsewhere. A lost region is waited for."
      : `One region is active, the other stands by: ${standby.join(", ")}. Callers are in one of the two, never in both.`,
    {
      head: ["What is lost", "What brings it back", "Loses at most"],
      rows: [
        ["a function, by a bad release", "a rollback", "nothing"],
        [
          "a table, deleted",
          "a restore under its own name",
          `what was written since the last backup; the RPO is ${recovery.rpoMinutes} min`,
        ],
        [
          "items, damaged",
          "a restore beside the table, to the moment before",
          "what was written since that moment, until it is merged back",
        ],
        ...(recovery.standby === null
          ? []
          : [
              [
                "the region",
                `a failover to \`${recovery.standby.region}\``,
                "what was not replicated yet: a second or less, as a rule",
              ],
            ]),
      ],
    } satisfies FactTable,
    `**After a table is lost, restore before anything is deployed.** A deployment makes an empty table of that name, and callers write into it. In ${environment} nobody deploys until \`lambdakit status --env ${environment}\` says that it is well.`,
  ];
}

function kept(plans: readonly ServicePlan[]): FactTable {
  const row = (what: string, of: (backups: BackupsPlan) => string) => [
    what,
    ...plans.map(({ recovery }) => (recovery.backups === null ? "-" : of(recovery.backups))),
  ];
  return {
    head: ["", ...plans.map(({ environment }) => environment)],
    rows: [
      [
        "Any second of the last 35 days",
        ...plans.map(({ tables }) =>
          tables.some(({ existing }) => !existing)
            ? "point-in-time recovery, while the table is there"
            : "-",
        ),
      ],
      row(
        "Backups of AWS Backup",
        ({ everyMinutes, vault }) => `every ${everyMinutes} min, in \`${vault}\``,
      ),
      row(
        "These are kept",
        ({ recentDays, retentionDays }) =>
          `${recentDays} days; one of each day ${retentionDays} days`,
      ),
      row("Copied to", ({ copyTo }) =>
        copyTo === null ? "nowhere" : `\`${copyTo.vault}\` in \`${copyTo.region}\`, once a day`,
      ),
      ["Code", ...plans.map(({ deployment }) => `\`${deployment.artifactBucket}\`, every release`)],
      [
        "Terraform's state",
        ...plans.map(({ deployment }) => `\`${deployment.stateBucket}\`, with versions`),
      ],
    ],
  };
}

function readiness(plan: ServicePlan): Omit<Procedure, "isRoutine"> {
  const { environment } = plan;
  return {
    see: "Nothing has happened.",
    means: "This is how it stays so: there is something to restore from, and restoring was tried.",
    steps: [
      usualSteps(plan).backups,
      look({
        id: "drills",
        what: "See when a recovery was tried last, and how long it took.",
        command: `lambdakit dr drill list --env ${environment}`,
        check:
          environment === "prod"
            ? "None is listed: prod is not drilled. Those of sit count."
            : "There was one within the last three months, and it met its targets.",
        otherwise: "Plan one for this week, in dev or sit: see [Trying it](#trying-it).",
      }),
    ],
    escalate: "Where there is nothing to restore from: today.",
  };
}

function functionBroken(plan: ServicePlan): RunbookSection {
  const { history, errors, rollbackPreview, rollback, verify } = usualSteps(plan);
  return {
    id: "function-broken",
    title: "A function is broken",
    facts: [
      "No code is uploaded by hand: callers are led to the versions of a release that was well.",
    ],
    procedure: {
      see: "Answers are 5xx since a release, and the logs have errors of the code.",
      means: "The release is bad. No data is lost: this is no restore.",
      isRoutine: false,
      steps: [
        { ...errors, check: "The first error is younger than the release." },
        history,
        rollbackPreview,
        rollback,
        verify,
      ],
      escalate: "At once where the release before does not do either: then it is not the code.",
    },
  };
}

function tableLost(plan: ServicePlan): RunbookSection {
  const at = `--env ${plan.environment}`;
  const { verify, backupNow } = usualSteps(plan);
  return {
    id: "table-lost",
    title: "A table is lost",
    facts: [],
    procedure: {
      see: "Logs say `ResourceNotFoundException`, `lambdakit status` says that a table is not there.",
      means:
        "Somebody or something has deleted it. It comes back under its own name, with its settings, in minutes to hours.",
      isRoutine: false,
      steps: [
        byHand({
          id: "stop-deployments",
          what: "Stop everything that deploys: a deployment would make an empty table.",
          check: "No workflow runs.",
          otherwise:
            "Cancel those that wait. One that is at work is let go on: then the table is damaged, and not lost.",
        }),
        look({
          id: "restore-preview",
          what: "See what would be restored, and by which steps.",
          command: `lambdakit dr restore --backup latest ${at} --dry-run`,
          check: "It says that the table is lost, and the backup is as young as you expect.",
          otherwise: `\`lambdakit dr backup list ${at}\` shows every other one: \`lambdakit dr restore --backup NAME ${at}\`.`,
        }),
        change({
          id: "restore",
          what: "Restore it. Killed anywhere, the same command goes on.",
          command: line(`lambdakit dr restore --backup latest ${at}`, consentWords(plan)),
          check:
            "It ends with the URL, and says that Terraform has nothing to change and the service is verified.",
          otherwise:
            "The error says which steps are done. Where credentials have expired, get new ones: the same command goes on.",
        }),
        { ...verify, id: "verify-restored" },
        backupNow,
      ],
      escalate:
        "Where there is no backup, or a step fails twice: open a case with AWS, which keeps a last backup of a deleted table for 35 days.",
    },
  };
}

function tableDamaged(plan: ServicePlan): RunbookSection {
  const at = `--env ${plan.environment}`;
  const words = consentWords(plan);
  return {
    id: "table-damaged",
    title: "Items are damaged",
    facts: [
      "The damaged table stays, with a backup. The restored one stands beside it under a name of its own, and the service changes over to it. In the place of `TIME`: the moment before the damage, such as `20m` or `2026-11-27T09:00:00Z`.",
    ],
    procedure: {
      see: "Items have values that nobody gave them, or are gone, since a release or a script.",
      means:
        "Going back to the code is not enough. Go back first all the same, so that nothing more is damaged.",
      isRoutine: false,
      steps: [
        look({
          id: "moment-preview",
          what: "See what would be restored, and by which steps.",
          command: `lambdakit dr restore --to TIME ${at} --dry-run`,
          check: "The moment is before the damage, and as near to it as you know.",
          otherwise: "`RESTORE_OUT_OF_RANGE` says from when to when it can be.",
        }),
        change({
          id: "restore-to-moment",
          what: "Restore it, and lead the service there. Requests fail for seconds.",
          command: line(`lambdakit dr restore --to TIME ${at}`, words),
          check: "It ends with the URL, and says how the two tables compare.",
          otherwise: "The error says which steps are done. The same command goes on.",
        }),
        look({
          id: "merge-preview",
          what: "See what was written after that moment: good and bad.",
          command: `lambdakit dr merge ${at} --dry-run`,
          check: "What is only in the old table was made since, by good callers.",
          otherwise:
            "Write all of it into a file with `--list FILE`, and let somebody look who knows the data. Go on without the next step.",
          passes: [0, 2],
        }),
        change({
          id: "merge",
          what: "Bring back what only the old table has. Conflicts stay as they were restored.",
          command: line(`lambdakit dr merge ${at}`, words),
          check: "It says how many items came over, and how many are left that differ.",
          otherwise: "It can be cut off and run again.",
          passes: [0, 2],
        }),
        { ...usualSteps(plan).verify, id: "verify-moment" },
      ],
      escalate: "Where nobody knows the moment, or the damage is older than 35 days.",
    },
  };
}
