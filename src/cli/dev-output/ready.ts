import { curlCommand, type DevServer } from "../../dev/index.ts";
import type { RoutePlan } from "../../plan/index.ts";
import { foldBehind, textWidth } from "../layout/fold.ts";
import { shortPath } from "../short-path.ts";
import type { Style } from "../style.ts";

/** What `dev` prints when it is ready: each route with a command to paste, and where the data is. */
export function readyText(server: DevServer, style: Style): string {
  const { url, plan, engine, dataDirectory, notEmulated, inspector, tokenCommand } = server;
  const { routes } = plan.api;
  const column = Math.max(...routes.map(({ method }) => method.length), 0) + 2;
  const data = dataDirectory === undefined ? "in memory" : `in ${shortPath(dataDirectory)}`;
  return [
    `${style.bold(plan.service)} on ${style.bold(url)}`,
    "",
    ...routes.flatMap((route) => [
      `  ${style.bold(route.method.padEnd(column))}${route.path}  ${style.dim(calledBy(route))}`,
      ...curlCommand(url, route, tokenCommand)
        .split("\n")
        .map((line) => `    ${line}`),
      "",
    ]),
    `Tables: ${plan.tables.map(({ name }) => name).join(", ") || "none"} (${engine.name}, ${data})`,
    ...lackLines([...engine.lacks, ...notEmulated], style),
    `Console: ${url}/_console`,
    ...(inspector === undefined ? [] : [`Debugger: ${inspector.url}`]),
    "Saving a file reloads it. Ctrl-C stops.",
  ].join("\n");
}

/** The function, and whom it answers where that is not everybody. */
function calledBy({ function: key, auth }: RoutePlan): string {
  if (auth.type === "none") return key;
  return `${key}  ${auth.type === "iam" ? "signed" : auth.scopes.join(" ")}`;
}

function lackLines(lacks: readonly string[], style: Style): string[] {
  if (lacks.length === 0) return [];
  const items = lacks.flatMap((lack) => foldBehind("  - ", lack, textWidth));
  return [style.yellow("Not emulated here:"), ...items];
}
