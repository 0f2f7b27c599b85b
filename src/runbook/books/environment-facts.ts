import type { ServicePlan } from "../../plan/index.ts";
import type { FactTable } from "../runbook.ts";

/** What each environment is called, and where it is. */
export function environmentFacts(plans: readonly ServicePlan[]): FactTable[] {
  const head = ["", ...plans.map(({ environment }) => environment)];
  const row = (what: string, of: (plan: ServicePlan) => string) => [what, ...plans.map(of)];
  return [
    {
      head,
      rows: [
        row("Account", ({ accountId }) => `\`${accountId}\``),
        row("Region", ({ region }) => `\`${region}\``),
        row("Stands by in", ({ recovery }) => code(recovery.standby?.region)),
        row("API", ({ api }) => `\`${api.name}\`, stage \`${api.stage}\``),
        row("URL", urlText),
        row("Functions", ({ functions }) => functions.map(({ name }) => `\`${name}\``).join(", ")),
        row("Tables", ({ tables }) => tables.map(({ name }) => `\`${name}\``).join(", ") || "none"),
        row("Dashboard", ({ deployment, region }) => dashboardLink(deployment.dashboard, region)),
        row("Logs are kept", ({ api }) => `${api.logGroup.retentionDays} days`),
        row("Artifacts", ({ deployment }) => `\`${deployment.artifactBucket}\``),
        row("Deployed by", ({ deployment }) =>
          deployment.repository === null ? "people" : `\`${deployment.deployRole}\``,
        ),
        row("Alarms that wake go to", ({ deployment }) => `\`${deployment.pageTopic}\``),
      ],
    },
  ];
}

/** AWS gives an API its id when it is made: only a domain is known before. */
function urlText({ recovery, environment }: ServicePlan): string {
  const domain = recovery.standby?.domain ?? null;
  return domain === null
    ? `the last line of \`lambdakit verify --env ${environment}\``
    : `https://${domain.name}`;
}

function dashboardLink(dashboard: string, region: string): string {
  return `[${dashboard}](https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard})`;
}

function code(text: string | undefined): string {
  return text === undefined ? "-" : `\`${text}\``;
}
