import type { Report } from "../../../observe/index.ts";
import { millisecondsText, nothing } from "../../layout/amount-text.ts";
import type { Style } from "../../style.ts";

/** What came of an invocation, for a reader: the answer of an API as such, a failure with its stack, else JSON. */
export function resultText(payload: string, isFailure: boolean, style: Style): string {
  const value = parsed(payload);
  if (value === undefined) return payload;
  if (isFailure) return failureText(value, style);
  const { statusCode, headers, multiValueHeaders, body } = Object(value);
  if (typeof statusCode !== "number") return JSON.stringify(value, null, 2);
  const all = Object.entries({ ...Object(multiValueHeaders), ...Object(headers) });
  const bodyValue = typeof body === "string" ? parsed(body) : body;
  const text = bodyValue === undefined ? String(body ?? "") : JSON.stringify(bodyValue, null, 2);
  return [
    statusCode >= 500 ? style.red(`HTTP ${statusCode}`) : `HTTP ${statusCode}`,
    ...all.map(([name, one]) => style.dim(`${name}: ${[one].flat().join(", ")}`)),
    ...(text === "" ? [] : ["", text]),
  ].join("\n");
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html (2026-11-27) */
function failureText(failure: unknown, style: Style): string {
  const { errorType, errorMessage, trace } = Object(failure);
  if (errorMessage === undefined) return JSON.stringify(failure, null, 2);
  const head = `${errorType ?? "Error"}: ${errorMessage}`;
  const stack = Array.isArray(trace) ? trace.map(String) : [];
  // The first line of a stack says the same once more.
  const places = stack.filter((line) => /^\s+at /.test(line));
  return [style.red(head), ...places.map(style.dim)].join("\n");
}

/** `version 3, 10.2 ms (billed 11 ms), init 201 ms, 83 of 256 MB` */
export function reportText(version: string | null, report: Report | undefined): string {
  const of = version === null ? [] : [`version ${version}`];
  if (report === undefined) return [...of, "Lambda's report is not in the log"].join(", ");
  const { durationMilliseconds, billedMilliseconds, initMilliseconds, maxMemoryUsedMb, memoryMb } =
    report;
  return [
    ...of,
    `${millisecondsText(durationMilliseconds)} (billed ${millisecondsText(billedMilliseconds)})`,
    initMilliseconds === null ? "warm" : `init ${millisecondsText(initMilliseconds)}`,
    `${maxMemoryUsedMb ?? nothing} of ${memoryMb ?? nothing} MB`,
  ].join(", ");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
