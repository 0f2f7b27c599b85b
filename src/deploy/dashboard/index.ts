/** The page of a service in CloudWatch: takes a {@link ServicePlan}, gives what `PutDashboard` takes. */
export { dashboardBody } from "./dashboard-body.ts";
export type { DashboardBody, PlacedWidget } from "./widget.ts";
