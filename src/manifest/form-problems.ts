import type * as z from "zod";
import { nearest, type Problem } from "../errors/index.ts";

type Path = Problem["path"];

/** What zod says of a manifest's form, in our words. */
export function formProblems(issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.flatMap(fromIssue);
}

function fromIssue(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path as Path;
  const name = nameOf(path);
  const shown = show(issue.input);
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
      const bound = issue.code === "too_small" ? issue.minimum : issue.maximum;
      const limit = `${comparison(issue)} ${bound}${unitOf(issue.origin, Number(bound))}`;
      return [
        {
          code: "MANIFEST_OUT_OF_RANGE",
          path,
          message: `${name} is ${shown}, and has to be ${limit}`,
          fix: `write ${limit}`,
        },
      ];
    }
    case "invalid_key":
      return [
        badForm(path, JSON.stringify(path.at(-1)), issue.issues[0]?.message ?? issue.message),
      ];
    case "invalid_union": {
      const inner = nearestBranch(issue.errors);
      if (inner === undefined) return [badForm(path, shown, issue.message)];
      return formProblems(inner.map((one) => ({ ...one, path: [...issue.path, ...one.path] })));
    }
    default:
      return [badForm(path, shown, issue.message)];
  }
}

/** What somebody meant who got further into one form than into any other; undefined where that is none. */
function nearestBranch(
  branches: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  const [nearest] = branches
    .map((issues) => ({ issues, depth: Math.max(...issues.map(depthOf)) }))
    .filter(({ depth }) => depth > 0)
    .sort((one, other) => other.depth - one.depth || one.issues.length - other.issues.length);
  return nearest?.issues;
}

/** How far somebody got into a form. A key that is missing says that they did not mean it. */
function depthOf(issue: z.core.$ZodIssue): number {
  if (issue.code === "invalid_type" && issue.input === undefined) return 0;
  const inner = issue.code === "invalid_union" ? issue.errors.flat().map(depthOf) : [];
  return issue.path.length + Math.max(0, ...inner);
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
    message: `"${nameOf(path)}" is missing`,
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
  const shown = values.map(show);
  return shown.length === 1 ? `${shown[0]}` : `one of ${shown.join(", ")}`;
}

function comparison({ code, inclusive }: { code: string; inclusive?: boolean }): string {
  if (code === "too_big") return "at most";
  return inclusive === false ? "more than" : "at least";
}

function unitOf(origin: string, count: number): string {
  if (origin === "string") return count === 1 ? " character" : " characters";
  if (origin !== "array") return "";
  return count === 1 ? " entry" : " entries";
}

/** `allow[0]` for a list's entry, else the key itself. */
function nameOf(path: Path): string {
  const key = path.at(-1) ?? "the manifest";
  return typeof key === "number" ? `${path.at(-2)}[${key}]` : key;
}

/** As it would be written in the manifest, where JSON has a word for it. */
function show(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "something that leads back to itself";
  }
}
