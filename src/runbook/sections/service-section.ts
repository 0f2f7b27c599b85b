import type { ServicePlan } from "../../plan/index.ts";
import type { Section } from "../section.ts";
import { stepsIn } from "../steps.ts";

/** Of the alarm over all that wake somebody. */
export function serviceSection(plan: ServicePlan): Omit<Section, "anchor"> {
  const { alarms, status, history, rollback, errors, verify, quiet } = stepsIn(plan);
  return {
    title: "Callers do not get their answers",
    see: `The alarm ${plan.serviceAlarm?.name} fires. Its message names the alarms that made it fire.`,
    means:
      "At least one alarm fires that wakes somebody: callers get 5xx, wait too long, or are refused. It is one message for one incident, however many alarms notice it.",
    steps: [
      alarms,
      status,
      history,
      rollback,
      errors,
      { what: "Go on in the section of the alarm that fires: each alarm's description links it." },
    ],
    check: [verify, quiet],
    escalate:
      "After 15 minutes without knowing the cause, or at once where going back did not help: wake whoever owns the service, and say what you have seen and done.",
  };
}
