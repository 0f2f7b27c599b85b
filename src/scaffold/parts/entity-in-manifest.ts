import { literal } from "../fields/literal.ts";
import { entityManifest } from "../files/entity-manifest.ts";
import { laidOut } from "../lay-out.ts";
import { type Files, textOf } from "../scaffold-service.ts";
import type { EntitySpec } from "../service-spec.ts";
import { type ManifestSource, openManifest } from "../source/manifest-source.ts";
import { readHead, withHead } from "../source/module-head.ts";
import { withNames } from "../source/with-names.ts";
import { capital, wordsOf } from "../words.ts";
import { ownPath } from "./own-folder.ts";

/** What `service.ts` says of one entity more. */
export interface EntityInManifest {
  /** Of its contract. */
  readonly imported: EntityPart;
  readonly constants: readonly EntityPart[];
  readonly table: EntityPart;
  readonly functions: readonly EntityPart[];
}

export interface EntityPart {
  /** What it is called: a variable, or a key. */
  readonly name: string;
  /** How it is written, from column 0 on. */
  readonly text: string;
  /** What it comes to, but for what is in files that are not there yet. */
  readonly definition?: unknown;
}

/**
 * What is said of an entity in a `service.ts` that says something of another already.
 *
 * @param template the Product service's source
 * @param source the one that is there: a constant that it has is not written again
 */
export function entityInManifest(
  entity: EntitySpec,
  template: Files,
  source: string,
): EntityInManifest {
  const own = laidOut(entityManifest(textOf(template, "service.ts"), entity));
  const contract = `${wordsOf(entity.singular).camel}Contract`;
  const constants = furtherConstants(entity, own, source);
  const moved = withNames(inPlace(own, entity), new Map([["contract", contract], ...constants]));
  const text = laidOut(moved);
  const manifest = openManifest(text);
  const part = (path: readonly string[], name: string): EntityPart => ({
    name,
    text: `${name}: ${manifest.textOf(path)}`,
    definition: manifest.dataOf(path),
  });
  const written = readHead(text).constants;
  const table = wordsOf(entity.plural).camel;
  return {
    imported: {
      name: contract,
      text: `import * as ${contract} from "./${ownPath("src/models/contract.ts", entity.plural)}";`,
    },
    constants: [...constants.values()].map((name) => ({
      name,
      text: `const ${name} = ${written.get(name)};`,
    })),
    table: part(["tables", table], table),
    functions: [...ownKeys(own)].map(([key, name]) => part(["functions", key], name)),
  };
}

/** `service.ts` with it. @throws {TypeError} where its tables or functions stand in no object that can be edited */
export function withEntity(
  source: string,
  { imported, constants, table, functions }: EntityInManifest,
  sampleData: string | undefined,
): string {
  const manifest = openManifest(source);
  manifest.addInto("tables", table.text);
  manifest.addInto("functions", ...functions.map(({ text }) => text));
  if (sampleData !== undefined) manifest.add([], `sampleData: ${literal(sampleData)}`);
  const statements = constants.map(({ text }) => text);
  return withHead(manifest.text(), imported.text, statements);
}

/** It all, for whoever writes it by hand. */
export function entityText({ imported, constants, table, functions }: EntityInManifest): string {
  const inside = (parts: readonly EntityPart[]) =>
    parts.map(({ text }) => `  ${text.replaceAll("\n", "\n  ")},\n`).join("");
  const head = [imported, ...constants].map(({ text }) => text).join("\n");
  return `${head}\n\ntables: {\n${inside([table])}},\nfunctions: {\n${inside(functions)}},`;
}

/** What functions are called where another entity has the short names: `list` is `listOrders`, as its file is. */
export function ownKeys(manifest: string): ReadonlyMap<string, string> {
  const reading = openManifest(manifest);
  return new Map(
    reading.keys(["functions"]).map((key) => {
      const [, file = key] = /([^/]+)\.ts$/.exec(entryOf(reading, key)) ?? [];
      return [key, wordsOf(file).camel];
    }),
  );
}

function entryOf(manifest: ManifestSource, key: string): string {
  return String(manifest.dataOf(["functions", key, "entry"]));
}

/** With entries in the entity's own folder, and a table whose name and variable are those that follow from its key. */
function inPlace(own: string, { plural }: EntitySpec): string {
  const manifest = openManifest(own);
  for (const key of manifest.keys(["functions"])) {
    const entry = literal(ownPath(entryOf(manifest, key), plural));
    manifest.set(["functions", key, "entry"], entry);
  }
  for (const name of ["name", "variable"]) manifest.remove(["tables", wordsOf(plural).camel, name]);
  return manifest.text();
}

/** What the constants are called that are not there yet: as ever, or where that is another one, after the entity. */
function furtherConstants({ singular }: EntitySpec, own: string, source: string) {
  const { constants, names } = readHead(source);
  const { camel } = wordsOf(singular);
  const further = [...readHead(own).constants].filter(
    ([name, text]) => spaceless(constants.get(name)) !== spaceless(text),
  );
  return new Map(
    further.map(([name]) => [name, names.has(name) ? camel + capital(name) : name] as const),
  );
}

/** However it is laid out. */
function spaceless(text: string | undefined): string | undefined {
  return text?.replace(/,?\s+(?=[}\]])|\s+/g, "");
}
