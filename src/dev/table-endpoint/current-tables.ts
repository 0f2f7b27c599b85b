import type { ServicePlan } from "../../plan/index.ts";
import { PlanTables } from "./calls/plan-tables.ts";

/** The tables of the plan as it is now; made once for each plan. */
export function currentTables(plan: () => ServicePlan): () => PlanTables {
  let madeOf: ServicePlan | undefined;
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
