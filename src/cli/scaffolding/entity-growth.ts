import path from "node:path";
import type { LoadedService } from "../../package/index.ts";
import {
  entityClashes,
  entityInManifest,
  entityProblems,
  entityText,
  type Files,
  furtherEntityFiles,
  isKind,
  type SpecProblem,
  testSetUp,
  withEntity,
} from "../../scaffold/index.ts";
import { fileExists, readTextFile } from "../../system/index.ts";
import { declaredPackages, hasVitestConfig } from "./above-service.ts";
import { allProblems, problemText } from "./all-problems.ts";
import type { Growth } from "./grow-service.ts";
import type { ReadEntity } from "./read-entity.ts";
import { readTemplate } from "./read-template.ts";
import { sampleGrowth } from "./sample-growth.ts";

/** What a service gets with one entity more, and all that is against it. */
export async function entityGrowth(
  { entity, problems }: ReadEntity,
  { directory, file, definition }: LoadedService,
): Promise<Growth> {
  const template = await readTemplate();
  const asked = allProblems(problems, entityProblems(entity, template, "NAME"));
  // What is no name cannot be written as one, to see what else is wrong.
  if (asked.some(({ at }) => at === "NAME" || at === "--plural")) return refused(asked, definition);
  const source = await readTextFile(file);
  const said = entityInManifest(entity, template, source);
  const files = furtherEntityFiles(entity, template);
  const kinds = await readThere(directory, [...files.keys()].filter(isKind));
  const packages = await declaredPackages(directory);
  const clashes = entityClashes(said, files, { source, definition, kinds, packages });
  const sample = await sampleGrowth(entity, directory, definition);
  const setUp = (await hasVitestConfig(directory)) ? [] : testSetUp;
  const { tables, functions, ...others } = Object(definition);
  return {
    files: new Map([...files, ...sample.files, ...setUp].filter(([name]) => !kinds.has(name))),
    folders: [`src/${entity.plural}`, `tests/${entity.plural}`],
    changed: sample.changed,
    problems: [...asked, ...clashes, ...sample.problems].map(problemText),
    definition: {
      ...others,
      tables: { ...tables, [said.table.name]: said.table.definition },
      functions: {
        ...functions,
        ...Object.fromEntries(said.functions.map((one) => [one.name, one.definition])),
      },
    },
    edit: (text) => withEntity(text, said, sample.named),
    byHand: entityText(said),
    next: ["npm test", "npm start"],
  };
}

/** One that is told, and not written. */
function refused(asked: readonly SpecProblem[], definition: unknown): Growth {
  const files: Files = new Map();
  const problems = asked.map(problemText);
  return { files, problems, definition, edit: (source) => source, byHand: "", next: [] };
}

/** The files that are there, with what they say. */
async function readThere(directory: string, files: readonly string[]): Promise<Files> {
  const there = files.filter((name) => fileExists(path.join(directory, name)));
  const texts = there.map(
    async (name) => [name, await readTextFile(path.join(directory, name))] as const,
  );
  return new Map(await Promise.all(texts));
}
