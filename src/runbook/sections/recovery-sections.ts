import type { Sections } from "../section.ts";
import { stepsIn } from "../steps.ts";

export const recoverySections: Sections<"backup-age" | "replication-latency"> = {
  "backup-age": ({ plan, alarms: [alarm] }) => {
    const { status, quiet, aws } = stepsIn(plan);
    const vault = alarm?.subject;
    const fewer = alarm?.threshold === 1 ? "no backup" : `fewer than ${alarm?.threshold} backups`;
    return {
      title: "Tables are not backed up",
      see: `AWS Backup has completed ${fewer} in the vault ${vault}, in each of the last ${alarm?.periods} periods.`,
      means:
        "Point-in-time recovery is another thing, and is probably there: then nothing is lost that could be brought back. If it fails, or is switched off, tables come back as they were at their last backup. Right after the first deployment the alarm fires until there is a first backup.",
      steps: [
        {
          ...status,
          what: "See how near to now the tables can be restored: that is what would be lost.",
        },
        aws(
          "See what became of the jobs, and why they failed.",
          `backup list-backup-jobs --by-backup-vault-name ${vault} --max-results 20`,
        ),
        aws(
          "FAILED with AccessDenied, or no jobs at all: see whether the vault is there.",
          `backup describe-backup-vault --backup-vault-name ${vault}`,
        ),
        {
          what: "The vault and the role of AWS Backup are the account's: whoever administers it puts them back.",
          command: `lambdakit bootstrap --env ${plan.environment}`,
        },
        {
          what: "The schedule is the service's: where it is not there any more, deploying puts it back.",
          command: `lambdakit plan --env ${plan.environment}`,
        },
      ],
      check: [status, quiet],
      escalate:
        "At once where status finds no point-in-time recovery either: then nothing can be brought back.",
    };
  },
  "replication-latency": ({ plan, alarms: [alarm] }) => {
    const { metrics, quiet, aws } = stepsIn(plan);
    const seconds = (alarm?.threshold ?? 0) / 1000;
    return {
      title: "The replica is behind",
      see: `For fifteen minutes what is written to ${alarm?.subject} reached ${alarm?.metrics[0]?.dimensions.ReceivingRegion} more than ${seconds} seconds later, on average.`,
      means:
        "Callers notice nothing. If the region were lost now, what has not arrived would be lost with it. A second is usual.",
      steps: [
        metrics,
        aws(
          "See which state the replicas are in.",
          `dynamodb describe-table --table-name ${alarm?.subject} --query Table.Replicas`,
        ),
        { what: "See whether AWS's health page names DynamoDB in either region." },
        {
          what: "Many writes at once, such as an import: let it go on, or slow it down. The replica follows.",
        },
      ],
      check: [quiet],
      escalate: `Where it goes on: what may be lost grows towards the RPO of ${plan.recovery.rpoMinutes} minutes. Open a case with AWS.`,
    };
  },
};
