import type { SpecProblem } from "../read-field.ts";
import type { Files } from "../scaffold-service.ts";
import { readHead } from "../source/module-head.ts";
import type { EntityInManifest, EntityPart } from "./entity-in-manifest.ts";

/** What of a service keeps an entity out, or is not there for it. */
export interface Surroundings {
  /** `service.ts`, and what it exports. */
  readonly source: string;
  readonly definition: unknown;
  /** Files of the service that an entity uses as they are, where they are there. */
  readonly kinds: Files;
  /** The names of the packages that may be imported. */
  readonly packages: ReadonlySet<string>;
}

/** Names that are taken, and what the entity's files need and do not find. */
export function entityClashes(
  { imported, constants, table, functions }: EntityInManifest,
  files: Files,
  { source, definition, kinds, packages }: Surroundings,
): SpecProblem[] {
  const there = Object(definition);
  const { names } = readHead(source);
  const broken = [...kinds].filter(([file, text]) => !exportsFunction(text, kindOf(file)));
  const missing = importedPackages(files).filter((name) => !packages.has(name));
  return [
    ...taken("table", [table], (name) => Object.hasOwn(Object(there.tables), name)),
    ...taken("function", functions, (name) => Object.hasOwn(Object(there.functions), name)),
    ...taken("variable", [imported, ...constants], (name) => names.has(name)),
    ...broken.map(([file]) => ({
      at: file,
      message: `${file} exports no function ${kindOf(file)}, which is what an entity's fields are made with.`,
      fix: "export one, or move that file away",
    })),
    ...(missing.length === 0 ? [] : [notInstalled(missing)]),
  ];
}

function notInstalled(names: readonly string[]): SpecProblem {
  return {
    at: "package.json",
    message: `package.json has no ${names.join(", ")}, which an entity's files import.`,
    fix: `run npm install ${names.join(" ")}`,
  };
}

function taken(
  kind: string,
  parts: readonly EntityPart[],
  isThere: (name: string) => boolean,
): SpecProblem[] {
  return parts
    .filter(({ name }) => isThere(name))
    .map(({ name }) => ({
      at: "NAME",
      message: `service.ts has a ${kind} ${name} already.`,
      fix: "write another name",
    }));
}

function kindOf(file: string): string {
  const name = file.slice(file.lastIndexOf("/") + 1, -".ts".length);
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function exportsFunction(text: string, name: string): boolean {
  return new RegExp(`^export (?:async )?(?:function|const) ${name}\\b`, "m").test(text);
}

/** Those that the files import, but for Node.js's own. */
function importedPackages(files: Files): string[] {
  const said = [...files.values()].flatMap((text) =>
    [...text.matchAll(/ from "([^".][^"]*)"/g)].map(([, name = ""]) => name),
  );
  const names = said
    .filter((name) => !name.startsWith("node:"))
    .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  return [...new Set(names)].sort();
}
