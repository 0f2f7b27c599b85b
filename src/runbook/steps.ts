import type { ServicePlan } from "../plan/index.ts";
import type { Step } from "./section.ts";

type Place = Pick<ServicePlan, "environment" | "approval" | "region">;

/** The steps that many sections share, as they are typed for one environment. */
export function stepsIn({ environment, approval, region }: Place) {
  const at = `--env ${environment}`;
  const words = [
    ...(approval.reasonRequired ? ['--reason "INCIDENT: what is wrong"'] : []),
    ...(approval.confirmation === null ? [] : [`--confirm ${approval.confirmation}`]),
  ];
  return {
    alarms: {
      what: "See which alarms fire, since when, and by which figures.",
      command: `lambdakit alarms ${at}`,
    },
    errors: {
      what: "Read the errors of the last minutes; the same message again and again is the cause, the first one of its kind says when it began.",
      command: `lambdakit logs --level error --since 15m ${at}`,
    },
    metrics: {
      what: "See how much there is of it, and at which route or function.",
      command: `lambdakit metrics ${at}`,
    },
    status: {
      what: "See which release is live, and what the service does now.",
      command: `lambdakit status ${at}`,
    },
    history: {
      what: "Did it begin with a release? Compare its time with that of the first error.",
      command: `lambdakit releases history ${at}`,
    },
    rollback: {
      what: "If it did, go back first and look for the reason afterwards: it takes seconds, and forward is as quick.",
      command: ["lambdakit rollback", at, ...words].join(" "),
    },
    verify: {
      what: "Ask the API whether it does what it promises.",
      command: `lambdakit verify ${at}`,
    },
    quiet: { what: "The alarm is quiet again.", command: `lambdakit alarms ${at}` },
    aws: (what: string, command: string): Step => ({
      what,
      command: `aws ${command} --region ${region}`,
    }),
  };
}
