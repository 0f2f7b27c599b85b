import type { Look, RunStep } from "./act.ts";

/** What a step has to have said, where its exit code is not all. A step that is not here has its exit code alone. */
const outputs: Readonly<Record<string, RegExp>> = {
  doctor: /^lambdakit \S+ on /,
  derived: /^unchanged /m,
  history: /^\d+ .* deploy /m,
  deploy: /: release \w{12}/,
  verify: /^All \d+ checks passed at /m,
  "verify-local": /^All \d+ checks passed at http:\/\/127\.0\.0\.1:/m,
  status: /healthy/,
  "invoke-local": /\b[2-4]\d\d\b/,
};

/** @param steps those that it has to have gone through, in order */
export const goneThrough =
  (steps: readonly string[]): Look =>
  ({ told }) => {
    const { outcome, steps: went = [] } = told;
    const ids = went.map(({ id }) => id);
    if (outcome !== "passed") return { wrong: `it ${outcome} at ${stoppedAt(went.at(-1))}` };
    const missing = steps.find((id) => !ids.includes(id));
    if (missing !== undefined) return { wrong: `${missing} was not gone through` };
    const silent = went.find(hasNotSaid);
    if (silent !== undefined) {
      return {
        wrong: `${silent.id} has not said ${outputs[silent.id ?? ""]}, but: ${silent.said}`,
      };
    }
    return { says: `${went.length} steps: ${ids.join(", ")}` };
  };

/** With the last that it said, where it said anything. */
function stoppedAt({ id, said = "", complained = "" }: RunStep = {}): string {
  const [last] = [...complained.trim().split("\n"), ...said.trim().split("\n")].slice(-1);
  return last === undefined || last === "" ? `${id}` : `${id}: ${last}`;
}

function hasNotSaid({ id = "", said = "" }: RunStep): boolean {
  return outputs[id]?.test(said) === false;
}
