import type { DevAnswer } from "../../answers/index.ts";
import { type DevEvent, isRefusalLine, withoutFigures } from "../../dev/index.ts";
import { answerLine } from "../answer-json.ts";
import { asLambdakitError, errorFields, errorText } from "../print-error.ts";
import { shortPath } from "../short-path.ts";
import type { Style } from "../style.ts";
import { outputText } from "./function-output.ts";

/** What is shown only where it was asked for. */
export interface Shown {
  /** Lambda's own lines: `START`, `END`, `REPORT`. @default false */
  readonly platformLogs?: boolean;
}

/** One event, for a person; undefined for one that another event tells better. */
export function eventText(
  event: DevEvent,
  style: Style,
  { platformLogs = false }: Shown = {},
): string | undefined {
  switch (event.type) {
    case "request":
      return requestText(event, style);
    case "output":
      if (!event.platform) {
        if (isRefusalLine(event.function, event.line)) return undefined;
        const line = withoutFigures(event.line);
        return line && outputText(event.function, line, style);
      }
      return platformLogs ? style.dim(`  ${event.function} ${event.line.trimEnd()}`) : undefined;
    case "failed":
      return `  ${style.red(event.function)} ${event.message.replaceAll("\n", "\n    ")}`;
    case "access-denied":
      return deniedText(event, style);
    case "secret-missing":
      return secretText(event, style);
    case "reloaded":
      return style.dim(
        `Reloaded ${event.functions.join(", ") || "service.ts"} in ${Math.round(event.milliseconds)} ms.`,
      );
    case "not-reloaded":
      return `${errorText(asLambdakitError(event.error), style)}\n  The last good code keeps serving.`;
    case "type-problems":
      return typeProblemsText(event, style);
    case "not-type-checked":
      return style.yellow(`Types are not checked: ${event.reason}`);
    case "sample-data":
      return `Sample data: ${event.sent} requests sent.`;
    case "sample-data-kept":
      return `Sample data: not loaded, because the tables have ${event.items} items already.\n  --reset empties them.`;
    case "items-expired":
      return style.dim(
        `Expired: ${event.items} ${event.items === 1 ? "item" : "items"} of ${event.table}.`,
      );
    case "call-failed":
    case "items-not-expired":
      return errorText(asLambdakitError(event.error), style);
    case "engine-restarted":
      return style.yellow(
        `The table engine has ended: ${event.reason}.\n  It was started again in ${Math.round(event.milliseconds)} ms.`,
      );
    case "engine-ended":
      return `${style.red("The table engine has ended:")} ${event.reason}.\n  Start lambdakit dev again.`;
    case "environment-started":
    case "environment-ended":
    case "invoked":
    case "table-call":
      return undefined;
  }
}

function requestText({ access }: Extract<DevEvent, { type: "request" }>, style: Style): string {
  const { method, path, status, milliseconds, initMilliseconds, function: key = "-" } = access;
  const paint = status >= 500 ? style.red : status >= 400 ? style.yellow : style.green;
  const cold =
    initMilliseconds === undefined ? "" : `, cold start ${Math.round(initMilliseconds)} ms`;
  const facts = style.dim(`${key} ${Math.round(milliseconds)} ms${cold}`);
  return `${method.padEnd(8)}${paint(String(status))} ${path}  ${facts}`;
}

function deniedText(
  { function: key, message, fix }: Extract<DevEvent, { type: "access-denied" }>,
  style: Style,
): string {
  const head = `  ${style.red(`${key} access denied`)} ${message}`;
  return fix === null ? head : `${head}\n    ${style.bold("fix:")} ${fix}`;
}

function secretText(
  { function: key, secret, fix }: Extract<DevEvent, { type: "secret-missing" }>,
  style: Style,
): string {
  const head = key === null ? style.yellow("No value:") : style.red(`${key} no value`);
  return `  ${head} the secret ${secret}\n    ${style.bold("fix:")} ${fix}`;
}

function typeProblemsText(
  { problems, restored }: Extract<DevEvent, { type: "type-problems" }>,
  style: Style,
): string {
  const lines = problems.map(
    ({ file, line, column, code, message }) =>
      `${style.red("error")} ${style.dim(code)}\n  at ${shortPath(file)}:${line}:${column}\n  ${message.replaceAll("\n", "\n  ")}`,
  );
  const now = restored ? "The last good code serves again." : "The code serves all the same.";
  return [...lines, `  ${now}`].join("\n");
}

/** One event, as one line of JSON. */
export function eventJson(event: DevEvent): string {
  if ("error" in event) {
    return answerLine<DevAnswer>({ ...event, error: errorFields(asLambdakitError(event.error)) });
  }
  if (event.type !== "invoked") return answerLine<DevAnswer>(event);
  // The lines have come one by one already.
  const { log: _, ...report } = event.report;
  return answerLine<DevAnswer>({ ...event, report });
}
