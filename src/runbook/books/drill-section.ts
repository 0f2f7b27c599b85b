import type { ServicePlan } from "../../plan/index.ts";
import type { RunbookSection } from "../runbook.ts";
import { change, look } from "../step.ts";
import { consentWords } from "../usual-steps.ts";

/** Trying it before it is needed. PROD is not drilled: what is lost there on purpose, people lose. */
export function drillSection(plan: ServicePlan): RunbookSection {
  const { environment, recovery, approval } = plan;
  const title = "Trying it";
  if (environment === "prod") {
    return {
      id: "drill",
      title,
      facts: [
        "prod is not drilled: what is lost there on purpose, people lose. The commands are the same in sit.",
      ],
      procedure: null,
    };
  }
  const words = approval.confirmation === null ? "--confirm drill" : consentWords(plan);
  const targets = `RPO ${recovery.rpoMinutes} min, RTO ${recovery.rtoMinutes} min`;
  const drill = (scenario: string, what: string) =>
    change({
      id: `drill-${scenario}`,
      what,
      command: `lambdakit dr drill ${scenario} --env ${environment} ${words}`,
      check: `It was recovered without a manual step, within ${targets}.`,
      otherwise: `Cut off: \`lambdakit dr drill resume --env ${environment} ${words}\`. A target that was missed is a finding: write it down.`,
    });
  return {
    id: "drill",
    title,
    facts: [
      "Something is lost on purpose, and brought back by the one command that is the answer to it. Reports stay in the artifact bucket.",
    ],
    procedure: {
      see: "Three months are over, or what recovers has changed.",
      means: `A recovery that was never tried is a hope. Callers of ${environment} notice it.`,
      isRoutine: false,
      steps: [
        drill("function-broken", "Break a function, and go back."),
        drill("table-lost", "Delete the table, and restore it from its newest backup."),
        look({
          id: "drills-after",
          what: "See the reports.",
          command: `lambdakit dr drill list --env ${environment}`,
          check: "Both are listed, with the figures.",
          otherwise: `\`lambdakit dr drill resume --env ${environment} ${words}\``,
        }),
      ],
      escalate: `Where ${environment} is not well afterwards: go on in the section of what was lost.`,
    },
  };
}
