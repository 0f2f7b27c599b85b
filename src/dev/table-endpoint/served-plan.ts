import type { ServicePlan } from "../../plan/index.ts";

/** What has to be known of a service to stand between its functions and its tables. */
export type ServedPlan = Pick<ServicePlan, "accountId" | "region" | "functions" | "tables">;
