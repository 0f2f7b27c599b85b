import type * as z from "zod";
import { nearest, type Problem } from "../errors/index.ts";

type Path = Problem["path"];

/** What zod says of a manifest's form, in our words. */
export function formProblems(issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.flatMap(fromIssue);
}

function fromIssue(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path as Path;
  const name = path.at(-1) ?? "the manifest";
  const shown = JSON.stringify(issue.input);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(path, key, issue.message.split(" ")));
    case "invalid_value": {
      if (issue.input === undefined) return [missing(path, oneOf(issue.values))];
      const near =
        typeof issue.input === "string"
          ? nearest(issue.input, issue.values.map(String))
          : undefined;
      return [
        {
          code: "MANIFEST_UNKNOWN_VALUE",
          path,
          message: `${shown} is none of the values that ${name} can have`,
          fix: near === undefined ? `use ${oneOf(issue.values)}` : `use ${JSON.stringify(near)}`,
        },
      ];
    }
    case "invalid_type":
      if (issue.input === undefined) return [missing(path, `a value of type ${issue.expected}`)];
      return [
        {
          code: "MANIFEST_WRONG_TYPE",
          path,
          message: `${name} is ${shown}, which is not of type ${issue.expected}`,
          fix: `write a value of type ${issue.expected}`,
        },
      ];
    case "too_small":
    case "too_big": {
      const limit = issue.code === "too_small" ? atLeast(issue) : `at most ${issue.maximum}`;
      return [
        {
          code: "MANIFEST_OUT_OF_RANGE",
          path,
          message: `${name} is ${shown}, and has to be ${limit}${unitOf(issue.origin)}`,
          fix: `write ${limit}${unitOf(issue.origin)}`,
        },
      ];
    }
    case "invalid_key":
      return [badForm(path, JSON.stringify(name), issue.issues[0]?.message ?? issue.message)];
    default:
      return [badForm(path, shown, issue.message)];
  }
}

function unknownKey(path: Path, key: string, known: readonly string[]): Problem {
  const near = nearest(key, known);
  return {
    code: "MANIFEST_UNKNOWN_KEY",
    path: [...path, key],
    message: `there is no key "${key}" here`,
    fix: near === undefined ? `remove it; known keys are ${known.join(", ")}` : `write "${near}"`,
  };
}

function missing(path: Path, what: string): Problem {
  return {
    code: "MANIFEST_MISSING_KEY",
    path,
    message: `"${path.at(-1) ?? "the manifest"}" is missing`,
    fix: `add it: ${what}`,
  };
}

function badForm(path: Path, shown: string, form: string): Problem {
  return {
    code: "MANIFEST_BAD_FORM",
    path,
    message: `${shown} is not of the form that is needed here`,
    fix: `write ${form}`,
  };
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.map((value) => JSON.stringify(value));
  return shown.length === 1 ? `${shown[0]}` : `one of ${shown.join(", ")}`;
}

function atLeast(issue: { minimum: number | bigint; inclusive?: boolean }): string {
  return issue.inclusive === false ? `more than ${issue.minimum}` : `at least ${issue.minimum}`;
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " entries" : "";
}
