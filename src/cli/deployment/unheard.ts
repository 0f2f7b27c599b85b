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
  const notify = `environments.${environment}.notify`;
  if (page.length === 0 && ticket.length === 0) {
    return `Nobody hears of alarms: ${notify} in service.ts is empty`;
  }
  if (page.length === 0) return `Alarms wake nobody: ${notify}.page in service.ts is empty`;
  if (ticket.length === 0) return `Nobody reads tickets: ${notify}.ticket in service.ts is empty`;
  return undefined;
}
