import type { Rule } from "../../rule.ts";
import { serviceFile } from "../../service-file.ts";

/** A week: what goes wrong on a Friday is found on the Monday behind the next one. Our number. */
const fewestDays = 7;

export const backupShort: Rule = {
  id: "backup-short",
  severity: "medium",
  means: "backups of tables are kept for less than a week",
  why: "What nobody notices for some days is in no backup any more, and where point-in-time recovery was switched off, nowhere else.",
  source:
    "https://docs.aws.amazon.com/config/latest/developerguide/backup-plan-min-frequency-and-min-retention-check.html",
  checks: {
    files: (facts, subject) => {
      const short = subject.plans.flatMap(({ recovery: { backups } }) =>
        backups !== null && backups.retentionDays < fewestDays ? [backups.retentionDays] : [],
      );
      // It is the same in all environments.
      return [...new Set(short)].map((days) => ({
        place: serviceFile(facts, subject, "retentionDays"),
        evidence: `the backup of a day is kept for ${days === 1 ? "one day" : `${days} days`}`,
        fix: `write recovery: { backups: { retentionDays: ${fewestDays} } }, or more, in service.ts`,
      }));
    },
  },
};
