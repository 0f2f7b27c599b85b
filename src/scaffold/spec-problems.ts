import { parse } from "@babel/parser";
import { validateManifest } from "../manifest/index.ts";
import type { SpecProblem } from "./read-field.ts";
import type { Files } from "./scaffold-service.ts";
import type { EntitySpec, ServiceSpec } from "./service-spec.ts";
import { isKebab, wordsOf } from "./words.ts";

/** What an item has beside the fields that callers write. */
const ownAttributes = ["active", "createdAt", "updatedAt", "version", "expiresAt"];

/** Longer ones make lines that no formatter can break. */
const longestEntity = 24;

/** What no variable of a module may be called. @see https://tc39.es/ecma262/#prod-ReservedWord */
const reservedWords = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export " +
    "extends false finally for function if implements import in instanceof interface let new null package private " +
    "protected public return static super switch this throw true try typeof var void while with yield"
  ).split(" "),
);

/** Everything that keeps a service from being made: of names and limits, AWS's and our own. */
export function specProblems(spec: ServiceSpec, template: Files): SpecProblem[] {
  return [...entityProblems(spec.entity, template, "--entity"), ...manifestProblems(spec)];
}

/**
 * What an entity cannot be called or have, wherever it stands.
 *
 * @param at where its name is given
 */
export function entityProblems(entity: EntitySpec, template: Files, at: string): SpecProblem[] {
  return [...nameProblems(entity, template, at), ...fieldProblems(entity)];
}

function nameProblems(entity: EntitySpec, template: Files, atSingular: string): SpecProblem[] {
  const used = identifiersOf(template);
  return [
    { at: atSingular, name: entity.singular },
    { at: "--plural", name: entity.plural },
  ].flatMap(({ at, name }): SpecProblem[] => {
    const such = (example: string) => (at.startsWith("--") ? `${at} ${example}` : example);
    if (!isKebab(name) || name.length > longestEntity) {
      const message = `${at} "${name}" is not in kebab-case, or has more than ${longestEntity} characters.`;
      return [{ at, message, fix: `write it as ${such("order-line")}` }];
    }
    const { camel, pascal } = wordsOf(name);
    if (used.has(camel) || used.has(pascal) || reservedWords.has(camel)) {
      const message = `${at} "${name}" is a name that every service's code has for something else.`;
      return [{ at, message, fix: `write another, such as ${such(`customer-${name}`)}` }];
    }
    if (at === "--plural" && name === entity.singular) {
      const message = `--plural "${name}" is the entity's name for one, too.`;
      return [{ at, message, fix: `write --plural ${name}-list` }];
    }
    return [];
  });
}

/** Names that stand in the template, but for those that are made of its entity's. */
function identifiersOf(template: Files): Set<string> {
  const names = [...template.values()].flatMap((source) => {
    const { tokens } = parse(source, {
      sourceType: "module",
      plugins: ["typescript"],
      tokens: true,
    });
    return (tokens ?? [])
      .filter(({ type }) => type.label === "name" || type.keyword !== undefined)
      .map(({ start, end }) => source.slice(start, end));
  });
  return new Set(names.filter((name) => !/products?/i.test(name)));
}

function fieldProblems(entity: EntitySpec): SpecProblem[] {
  const names = entity.fields.map(({ name }) => name);
  const own = [...ownAttributes, `${wordsOf(entity.singular).camel}Id`];
  const taken = names.filter((name, at) => own.includes(name) || names.indexOf(name) !== at);
  const problems = taken.map((name) => ({
    at: "--field",
    message: `--field "${name}" is there already.`,
    fix: "write it once, under another name",
  }));
  if (entity.fields.some(({ required }) => required)) return problems;
  const message = "No field is required: an empty body would be one.";
  return [...problems, { at: "--field", message, fix: "write one without a question mark" }];
}

/** What is wrong with its names, accounts and regions, as its manifest would say. */
function manifestProblems(spec: ServiceSpec): SpecProblem[] {
  const { name, prefix, description, repository, folder, owners, tags, entity } = spec;
  const environments = Object.fromEntries(
    Object.entries(spec.environments).map(([environment, one]) => [
      environment,
      {
        ...one,
        logLevel: "INFO",
        logRetentionDays: 30,
        approval: "confirm-and-reason",
      },
    ]),
  );
  const functions = Object.fromEntries(
    ["list", "get", "create", "update", "delete"].map((key) => [
      key,
      { description: key, entry: `${key}.ts` },
    ]),
  );
  const result = validateManifest({
    name,
    prefix,
    description,
    ...(repository === null ? {} : { repository }),
    folder,
    owners,
    tags,
    api: { cors: { allowOrigins: ["*"] } },
    tables: {
      [wordsOf(entity.plural).camel]: {
        name: `${entity.plural}-{environment}`,
        partitionKey: "PK",
      },
    },
    functions,
    environments,
  });
  if (result.ok) return [];
  return result.problems.map(({ path, message, fix }) => ({
    at: optionOf(path),
    message: `${optionOf(path)}: ${message}.`,
    fix,
  }));
}

function optionOf([first = "", , third]: readonly (string | number)[]): string {
  if (first === "name" || first === "description") return "NAME";
  if (first === "environments") return third === "accountId" ? "--account" : "--region";
  if (first === "owners") return "--owner";
  return first === "tables" ? "--plural" : `--${first === "repository" ? first : "prefix"}`;
}
