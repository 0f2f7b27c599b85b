import { PlanTables } from "./calls/plan-tables.ts";
import type { ServedPlan } from "./served-plan.ts";

/** The tables of the plan as it is now; made once for each plan. */
export function currentTables(plan: () => ServedPlan): () => PlanTables {
  let madeOf: ServedPlan | undefined;
  let tables = new PlanTables({ accountId: "", region: "", tables: [] });
  return () => {
    const current = plan();
    if (current !== madeOf) {
      tables = new PlanTables(current);
      madeOf = current;
    }
    return tables;
  };
}
