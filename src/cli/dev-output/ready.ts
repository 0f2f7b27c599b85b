import { curlCommand, type DevServer } from "../../dev/index.ts";
import { foldBehind, textWidth } from "../layout/fold.ts";
import { shortPath } from "../short-path.ts";
import type { Style } from "../style.ts";

/** What `dev` prints when it is ready: each route with a command to paste, and where the data is. */
export function readyText(server: DevServer, style: Style): string {
  const { url, plan, engine, dataDirectory, notEmulated, inspector } = server;
  const { routes } = plan.api;
  const column = Math.max(...routes.map(({ method }) => method.length), 0) + 2;
  const data = dataDirectory === undefined ? "in memory" : `in ${shortPath(dataDirectory)}`;
  return [
    `${style.bold(plan.service)} on ${style.bold(url)}`,
    "",
    ...routes.flatMap((route) => [
      `  ${style.bold(route.method.padEnd(column))}${route.path}  ${style.dim(route.function)}`,
      ...curlCommand(url, route)
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

function lackLines(lacks: readonly string[], style: Style): string[] {
  if (lacks.length === 0) return [];
  const items = lacks.flatMap((lack) => foldBehind("  - ", lack, textWidth));
  return [style.yellow("Not emulated here:"), ...items];
}
