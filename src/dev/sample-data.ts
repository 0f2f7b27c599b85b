import { readFile } from "node:fs/promises";
import path from "node:path";
import { LambdakitError } from "../errors/index.ts";
import type { RoutePlan } from "../plan/index.ts";

/**
 * Sends each body of a service's sample data to one of its own routes, so that the data goes through
 * the same checks as everybody's; where a route asks for a token, with one. The file is JSON: `{ "POST /v1.0/products": [ ...bodies ] }`.
 *
 * @returns how many were sent
 * @throws {LambdakitError} DEV_SAMPLE_DATA
 */
export async function loadSampleData(
  directory: string,
  file: string,
  routes: readonly RoutePlan[],
  { url, token }: { readonly url: string; readonly token: string },
): Promise<number> {
  const requests = await readRequests(path.resolve(directory, file));
  let sent = 0;
  for (const [route, bodies] of Object.entries(requests)) {
    const [method = "", routePath = ""] = route.split(" ");
    const found = routes.find((one) => one.method === method && one.path === routePath);
    if (found === undefined) {
      throw failure(file, `${route} is not a route of this service`);
    }
    if (!["POST", "PUT", "PATCH"].includes(method)) {
      throw failure(file, `${route} takes no body`);
    }
    for (const [position, body] of bodies.entries()) {
      const response = await fetch(url + routePath, {
        method,
        headers: {
          "Content-Type": "application/json",
          ...(found.auth.type === "jwt" && { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
      });
      if (!response.ok) {
        throw failure(
          file,
          `${route}, entry ${position}: ${response.status} ${await response.text()}`,
        );
      }
      sent += 1;
    }
  }
  return sent;
}

async function readRequests(file: string): Promise<Record<string, unknown[]>> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw failure(file, (cause as Error).message);
  }
  const isLists =
    typeof content === "object" && content !== null && Object.values(content).every(Array.isArray);
  if (!isLists) throw failure(file, "it is not an object of lists");
  return content as Record<string, unknown[]>;
}

function failure(file: string, reason: string): LambdakitError {
  return new LambdakitError("DEV_SAMPLE_DATA", {
    message: `The sample data could not be loaded: ${reason}.`,
    fix: 'write { "POST /your/route": [ { ...body }, ... ] }',
    at: file,
  });
}
