import type { Act } from "./act.ts";

const releases = {
  first: "the source as it was",
  second: "another release: the same behaviour, other bytes",
  bad: "a bad release: it throws in the last environment",
} as const;

/** An act as one line: a command as it is typed. */
export function actLine(act: Act): string {
  if (act.kind === "serve") return `read back what is deployed in ${act.environment}, and serve it`;
  if (act.kind === "release") return releases[act.release];
  return ["lambdakit", ...act.args].join(" ");
}
