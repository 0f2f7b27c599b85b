import { LambdakitError } from "../../errors/index.ts";
import type { DevEvent } from "../dev-event.ts";

/** The last thing that happened to the service as a whole: to its code, or at its tables and secrets. */
export interface Notice {
  readonly about: "code" | "tables";
  readonly kind: "good" | "bad";
  /** Epoch milliseconds. */
  readonly time: number;
  readonly title: string;
  /** One text for each thing that is wrong; lines may be broken. */
  readonly details: readonly string[];
}

/** Undefined for an event that is no news for the service as a whole. */
export function noticeOf(event: DevEvent, time: number): Notice | undefined {
  switch (event.type) {
    case "reloaded": {
      const what = event.functions.length === 0 ? "the plan" : event.functions.join(", ");
      const title = `Reloaded ${what} in ${Math.round(event.milliseconds)} ms`;
      return { about: "code", kind: "good", time, title, details: [] };
    }
    case "not-reloaded": {
      const title = "Not reloaded: the last good code keeps serving";
      return { about: "code", kind: "bad", time, title, details: detailsOf(event.error) };
    }
    case "type-problems": {
      const serves = event.restored ? "the last good code" : "this code";
      const details = event.problems.map(
        ({ file, line, column, code, message }) => `${file}:${line}:${column}\n${code}: ${message}`,
      );
      return { about: "code", kind: "bad", time, title: `Wrong types: ${serves} serves`, details };
    }
    case "access-denied": {
      const title = `The role of ${event.function} does not allow ${event.action}`;
      const fix = event.fix === null ? [] : [`fix: ${event.fix}`];
      const details = [[event.message, ...fix].join("\n")];
      return { about: "tables", kind: "bad", time, title, details };
    }
    case "secret-missing": {
      const title = `The secret ${event.secret} has no value`;
      return { about: "tables", kind: "bad", time, title, details: [`fix: ${event.fix}`] };
    }
    case "engine-restarted": {
      const title = `The table engine was started again in ${Math.round(event.milliseconds)} ms`;
      return { about: "tables", kind: "good", time, title, details: [event.reason] };
    }
    case "engine-ended": {
      const title = "The table engine has ended";
      return { about: "tables", kind: "bad", time, title, details: [event.reason] };
    }
    default:
      return undefined;
  }
}

function detailsOf(error: unknown): string[] {
  if (!(error instanceof LambdakitError)) return [String(error)];
  if (error.problems.length === 0) return [`${error.message}\nfix: ${error.fix}`];
  return error.problems.map(({ message, fix, path, place }) => {
    const where =
      place === undefined ? path.join(".") : `${place.file}:${place.line}:${place.column}`;
    return `${where}\n${message}\nfix: ${fix}`;
  });
}
