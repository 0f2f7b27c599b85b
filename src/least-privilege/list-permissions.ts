import { type Permission, permissionsOf, type ServicePlan } from "../plan/index.ts";

/** All that the functions of a service may do, function by function. */
export function listPermissions({ functions }: Pick<ServicePlan, "functions">): Permission[] {
  return functions.flatMap(permissionsOf);
}

/**
 * Why no test can miss a permission: nothing on this machine holds calls against it. Null where the stand-ins for tables and
 * secrets do.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html (2026-11-27)
 */
export function notHeld({ action }: Permission): string | null {
  const [service = ""] = action.split(":");
  if (held.has(service)) return null;
  return byService[service] ?? `no test can tell: calls to ${service} are not held against it here`;
}

/** Parameter Store has its secrets decrypted on behalf of whoever reads them. */
const held = new Set(["dynamodb", "ssm", "kms", "secretsmanager"]);

const byService: Readonly<Record<string, string>> = {
  logs: "Lambda writes the function's log with it",
  xray: "Lambda sends the function's traces with it, since tracing is on",
};
