import { tfvars } from "../deploy/index.ts";
import { placeName, type ServicePlan } from "../plan/index.ts";
import type { GeneratedFile, Site } from "./generated-file.ts";

/**
 * What Terraform is told of one environment, or of where it stands by, as a file to be reviewed and committed. All of it is
 * derived, so that nothing a person writes there stays: what shall be otherwise belongs in `service.ts`.
 */
export function variablesFile(plan: ServicePlan, { service }: Site): GeneratedFile {
  const name = `terraform/environments/${placeName(plan)}.tfvars.json`;
  const text = `${JSON.stringify(tfvars(plan), null, 2)}\n`;
  return {
    path: service === "." ? name : `${service}/${name}`,
    render: (current) => ({ text, differences: differencesOf(current, tfvars(plan)) }),
  };
}

/** The variables that are not as they should be, one a line. */
function differencesOf(current: string | undefined, wanted: object): string[] {
  if (current === undefined) return ["there is no such file"];
  const there = parsed(current);
  if (there === undefined) return ["it is not JSON"];
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(there)])].sort();
  const isAs = (name: string) => textOf(there, name) === textOf(wanted, name);
  const other = names.filter((name) => !isAs(name)).map((name) => describe(name, there, wanted));
  const isLaidOut = current === `${JSON.stringify(wanted, null, 2)}\n`;
  return other.length > 0 || isLaidOut ? other : ["it is laid out otherwise"];
}

function describe(name: string, there: object, wanted: object): string {
  if (!Object.hasOwn(there, name)) return `there is no ${name}`;
  return Object.hasOwn(wanted, name) ? `${name} differs` : `${name} is no variable`;
}

function textOf(record: object, name: string): string | undefined {
  return JSON.stringify((record as Record<string, unknown>)[name]);
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
