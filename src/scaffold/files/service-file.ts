import { environmentNames } from "../../manifest/index.ts";
import { keyText, literal, objectLines } from "../fields/literal.ts";
import type { EnvironmentSpec, ServiceSpec } from "../service-spec.ts";
import { entityManifest } from "./entity-manifest.ts";

/** Those of AWS's documentation: nobody has them. @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html (2026-11-27) */
export const exampleAccounts = ["111122223333", "444455556666", "777788889999"] as const;

/** What differs between the environments, whoever's they are. */
const usual = {
  dev: { logLevel: "DEBUG", logRetentionDays: 7, approval: "none", pool: "Dev" },
  sit: { logLevel: "INFO", logRetentionDays: 14, approval: "confirm", pool: "Sit" },
  prod: { logLevel: "WARN", logRetentionDays: 30, approval: "confirm-and-reason", pool: "Prod" },
} as const;

/**
 * `service.ts` of a new service: the Product service's, with its own names, examples and environments.
 *
 * @param template the Product service's
 */
export function serviceFile(template: string, spec: ServiceSpec): string {
  const { name, prefix, description, repository, folder, owners, tags } = spec;
  return entityManifest(template, spec.entity, (source, later) => {
    source.set(["name"], later(literal(name)));
    source.set(["prefix"], later(literal(prefix)));
    source.set(["description"], later(literal(description)));
    if (repository === null) {
      const note = later(`With a repository, its workflows follow: repository: "OWNER/${name}",`);
      source.replaceProperty(["repository"], `// ${note}`);
    } else source.set(["repository"], later(literal(repository)));
    if (folder === ".") source.remove(["folder"]);
    else source.set(["folder"], later(literal(folder)));
    if (owners.length === 0) source.remove(["owners"]);
    else source.set(["owners"], later(literal(owners)));
    if (Object.keys(tags).length === 0) source.remove(["tags"]);
    else source.set(["tags"], later(`{\n${objectLines(tags, "    ")}\n  }`));
    source.set(["environments"], later(environmentsText(spec)));
  });
}

function environmentsText({ environments, entity }: ServiceSpec): string {
  const isExample = Object.values(environments).some(({ accountId }) =>
    exampleAccounts.some((one) => one === accountId),
  );
  const note = isExample
    ? "    // The accounts are examples of AWS's documentation: write your own before anything is deployed.\n"
    : "";
  const each = environmentNames.map((name) => {
    const { logLevel, logRetentionDays, approval, pool } = usual[name];
    const { accountId, region, recoveryRegion, tags = {} } = environments[name];
    const lines = [
      `accountId: ${literal(accountId)},`,
      `region: ${literal(region)},`,
      `logLevel: ${literal(logLevel)},`,
      `logRetentionDays: ${logRetentionDays},`,
      `approval: ${literal(approval)},`,
      "jwt: {",
      `  issuer: ${literal(issuerOf(region, pool))},`,
      `  audience: ${literal(`${entity.plural}-${name}`)},`,
      "},",
      ...(recoveryRegion === undefined ? [] : [`recoveryRegion: ${literal(recoveryRegion)},`]),
      ...tagLines(tags),
    ];
    return `    ${name}: {\n${lines.map((line) => `      ${line}\n`).join("")}    },\n`;
  });
  return `{\n${note}${each.join("")}  }`;
}

function tagLines(tags: NonNullable<EnvironmentSpec["tags"]>): string[] {
  const entries = Object.entries(tags).map(([key, value]) => `${keyText(key)}: ${literal(value)}`);
  return entries.length === 0 ? [] : [`tags: { ${entries.join(", ")} },`];
}

function issuerOf(region: string, pool: string): string {
  return `https://cognito-idp.${region}.amazonaws.com/${region}_EXAMPLE${pool}`;
}
