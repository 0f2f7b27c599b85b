import type { ServicePlan } from "../../plan/index.ts";

/** Says that alarms reach nobody, where that is so; an alarm that nobody hears is worse than none. */
export function tellUnheard(
  { environment, alarms, notify }: Pick<ServicePlan, "environment" | "alarms" | "notify">,
  terminal: { err(text: string): void },
): void {
  const text = unheardText(environment, notify);
  if (alarms.length > 0 && text !== undefined) terminal.err(text);
}

function unheardText(environment: string, { page, ticket }: ServicePlan["notify"]) {
  const where = `environments.${environment}.notify in service.ts`;
  if (page.length === 0 && ticket.length === 0) {
    return `No alarm of ${environment} reaches anybody: nobody is in ${where}`;
  }
  if (page.length === 0) {
    return `No alarm of ${environment} wakes anybody: nobody is in page of ${where}`;
  }
  if (ticket.length === 0) {
    return `Of alarms of ${environment} that wake nobody, nobody hears: nobody is in ticket of ${where}`;
  }
  return undefined;
}
