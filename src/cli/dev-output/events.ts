import type { DevEvent } from "../../dev/index.ts";
import { asLambdakitError, errorFields, errorText } from "../print-error.ts";
import type { Style } from "../style.ts";
import { outputText } from "./function-output.ts";

/** One event, for a person; undefined for one that another event tells better. */
export function eventText(event: DevEvent, style: Style): string | undefined {
  switch (event.type) {
    case "request": {
      const { method, path, status, milliseconds, function: key = "-" } = event.access;
      const paint = status >= 500 ? style.red : status >= 400 ? style.yellow : style.green;
      return `${method.padEnd(8)}${paint(String(status))} ${path}  ${style.dim(`${key} ${Math.round(milliseconds)} ms`)}`;
    }
    case "output":
      return outputText(event.function, event.line, style);
    case "failed":
      return `  ${style.red(event.function)} ${event.message.replaceAll("\n", "\n    ")}`;
    case "reloaded":
      return style.dim(
        `Reloaded ${event.functions.join(", ") || "service.ts"} in ${Math.round(event.milliseconds)} ms.`,
      );
    case "not-reloaded":
      return `${errorText(asLambdakitError(event.error), style)}\n  The last good code keeps serving.`;
    case "sample-data":
      return `Sample data: ${event.sent} requests sent.`;
    case "sample-data-kept":
      return `Sample data: not loaded, because the tables have ${event.items} items already. --reset empties them.`;
    case "engine-ended":
      return `${style.red("The table engine has ended:")} ${event.reason}. Start lambdakit dev again.`;
  }
}

/** One event, as one line of JSON. */
export function eventJson(event: DevEvent): string {
  if (event.type !== "not-reloaded") return JSON.stringify(event);
  return JSON.stringify({ type: event.type, error: errorFields(asLambdakitError(event.error)) });
}
