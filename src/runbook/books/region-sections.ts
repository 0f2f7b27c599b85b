import type { ServicePlan } from "../../plan/index.ts";
import type { RunbookSection } from "../runbook.ts";
import { byHand, change, look } from "../step.ts";
import { consentWords, line } from "../usual-steps.ts";

/** Of an environment that stands by elsewhere: there and back. */
export function regionSections(plan: ServicePlan): RunbookSection[] {
  const { environment, region, recovery } = plan;
  const { standby } = recovery;
  if (standby === null) return [];
  const at = `--env ${environment}`;
  const words = consentWords(plan);
  const byName =
    standby.domain === null
      ? [
          byHand({
            id: "lead-callers",
            what: `Lead callers to the URL that was printed: \`service.ts\` names no domain that lambdakit could move.`,
            check: "Whoever keeps the callers' name has moved it.",
            otherwise: "Tell the callers the URL.",
          }),
        ]
      : [];
  return [
    {
      id: "region-lost",
      title: "The region is lost",
      facts: [
        `Nothing here asks \`${region}\` for anything. ${standby.domain === null ? "Nobody is led by it: `service.ts` names no domain." : `\`${standby.domain.name}\` is led to \`${standby.region}\`, and held there.`}`,
      ],
      procedure: {
        see: `Callers time out, \`lambdakit status ${at}\` reaches nobody, and AWS's health page names \`${region}\`.`,
        means: `\`${standby.region}\` has the same release and a copy of the tables. What was written last may be missing there until \`${region}\` is back.`,
        isRoutine: false,
        steps: [
          look({
            id: "failover-preview",
            what: "See what stands by, and how far its tables are behind.",
            command: `lambdakit dr failover ${at} --to ${standby.region} --dry-run`,
            check: "The release is the one that is live, and its tables are there.",
            otherwise:
              "`RECOVERY_WOULD_LOSE_DATA`: nobody can say what is missing. It is your decision, with `--accept-data-loss`; waiting is the other one.",
          }),
          change({
            id: "failover",
            what: "Lead callers there. The same command carries on with what was cut off.",
            command: line(`lambdakit dr failover ${at} --to ${standby.region}`, words),
            check: "It says where callers are, and that it is verified.",
            otherwise:
              "Read its `fix:` line. `RECOVERY_OTHER_RELEASE`: what stands by is not the release that was live.",
          }),
          ...byName,
          look({
            id: "standby-history",
            what: "See that it is written down.",
            command: `lambdakit releases history ${at} --standby`,
            check: "The newest entry is the failover, and it has ended.",
            otherwise: "The same failover again: it carries on.",
          }),
        ],
        escalate:
          "Before you accept that data may be lost: whoever owns the service decides that, and not whoever was woken.",
      },
    },
    {
      id: "region-back",
      title: "The region is back",
      facts: [],
      procedure: {
        see: `AWS says that \`${region}\` is well, and has been for an hour.`,
        means:
          "There is no hurry: callers are served. Whoever waits until all that was written is back loses nothing.",
        isRoutine: false,
        steps: [
          look({
            id: "failback-preview",
            what: "See whether everything is back.",
            command: `lambdakit dr failback ${at} --dry-run`,
            check: "The same release is there, and the tables are not behind.",
            otherwise: "Wait. There is no option to go back all the same.",
          }),
          change({
            id: "failback",
            what: "Lead callers back.",
            command: line(`lambdakit dr failback ${at}`, words),
            check: "It says where callers are, and that it is verified.",
            otherwise: "Callers stay where they are. Read its `fix:` line.",
          }),
        ],
        escalate:
          "Where a replica is not ACTIVE: after 20 hours DynamoDB takes it out of the global table, and it has to be made again.",
      },
    },
  ];
}
