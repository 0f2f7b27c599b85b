import type { Rule } from "../../rule.ts";
import { isUnread } from "../../unread.ts";

/** A quarter. Our number: who changes and what they know changes about as often. */
const mostDays = 90;

export const drillMissing: Rule = {
  id: "drill-missing",
  severity: "low",
  means: "nothing was recovered on purpose for a quarter",
  why: "RPO and RTO are a hope then: nobody has seen that what is promised comes back, and how fast.",
  source:
    "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_dr_tested.html",
  checks: {
    // Dev comes and goes, and prod is not drilled.
    account: ({ tables, drills }, { environment, deployment, recovery, approval }, { now }) => {
      if (environment !== "sit") return [];
      if (isUnread(tables)) return tables;
      if (isUnread(drills)) return drills;
      // Where nothing is deployed, nothing can be lost.
      if (tables.length === 0) return [];
      const { lastRecovered } = drills;
      const days = (Date.parse(now) - Date.parse(lastRecovered ?? "")) / 86_400_000;
      if (days <= mostDays) return [];
      const promised = `an RPO of ${recovery.rpoMinutes} min and an RTO of ${recovery.rtoMinutes} min are promised`;
      const last =
        lastRecovered === null
          ? "no drill has ever recovered anything"
          : `the last drill that recovered was ${Math.floor(days)} days ago`;
      return [
        {
          place: { resource: `arn:aws:s3:::${deployment.artifactBucket}` },
          evidence: `${last}, and ${promised}`,
          fix: `lambdakit dr drill table-lost --env sit --confirm ${approval.confirmation ?? "drill"}`,
        },
      ];
    },
  },
};
