import type { Faults } from "./contract.ts";
import type { Answer } from "./http/answer.ts";
import type { Observation } from "./observation.ts";
import type { Check } from "./types.ts";

/** What holds for all answers of a route: one fault in all of them is one failed check, and not thirty. */
interface Rule {
  readonly slug: string;
  readonly what: string;
  readonly about: keyof Faults;
  readonly isFor: (answer: Answer, observation: Observation) => boolean;
}

const rules: readonly Rule[] = [
  {
    slug: "cors",
    what: "lets scripts of an allowed origin read every answer",
    about: "cors",
    isFor: () => true,
  },
  {
    slug: "correlation",
    what: "repeats the caller's correlation id in every answer",
    about: "correlation",
    isFor: () => true,
  },
  {
    slug: "errors",
    what: "answers every error as its contract states, with a request id",
    about: "content",
    isFor: ({ status }, { probe }) => status >= 400 && probe.statuses.includes(status),
  },
];

/** The checks of a route that look at all of its answers together. */
export function everyAnswerChecks(route: string, all: readonly Observation[]): Check[] {
  const observations = all.filter(({ probe }) => !probe.isForeign);
  return rules
    .filter(({ about }) => about !== "content" || expectsErrors(observations))
    .map((rule): Check => {
      const detail = faultText(rule, observations);
      const { slug, what } = rule;
      const id = `${route} every.${slug}`;
      return { id, what, route, passed: detail === null, detail, milliseconds: 0 };
    });
}

function expectsErrors(observations: readonly Observation[]): boolean {
  return observations.some(({ probe }) => probe.statuses.every((status) => status >= 400));
}

function faultText({ about, isFor }: Rule, observations: readonly Observation[]): string | null {
  const looked = observations.filter((one) => one.answer !== null && isFor(one.answer, one));
  const [first, ...others] = looked.filter(({ faults }) => faults[about].length > 0);
  if (first !== undefined) {
    const { method, path } = first.probe.request;
    const share = `in ${others.length + 1} of ${looked.length} answers`;
    return `${share}, first that to ${method} ${path}: ${first.faults[about].join("; ")}`;
  }
  return looked.length === 0 ? "there was no such answer to look at" : null;
}
