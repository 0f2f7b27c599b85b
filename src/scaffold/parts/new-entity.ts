import { tableVariable } from "../../names.ts";
import { entityManifest } from "../files/entity-manifest.ts";
import { laidOut } from "../lay-out.ts";
import { entityFiles, type Files, textOf } from "../scaffold-service.ts";
import type { EntitySpec } from "../service-spec.ts";
import { wordsOf } from "../words.ts";
import { ownKeys } from "./entity-in-manifest.ts";
import { inOwnFolder } from "./own-folder.ts";

/**
 * The files of an entity beside those of another, by their paths from the service's folder: in a folder of its own in
 * `src/` and in `tests/`, but for kinds of fields, of which a service has each once.
 *
 * @param template the Product service's source
 */
export function furtherEntityFiles(entity: EntitySpec, template: Files): Files {
  const variable = tableVariable(wordsOf(entity.plural).camel);
  const keys = ownKeys(entityManifest(textOf(template, "service.ts"), entity));
  // What is generated of its fields says nothing of functions or tables, whatever its values are.
  const isTest = (path: string) => path.startsWith("tests/") && !path.includes("/sample-");
  const files = entityFiles(entity, template).map(([path, text]): [string, string] => {
    const own = text.replaceAll("DYNAMODB_TABLE", variable);
    return [path, isTest(path) ? withKeys(own, keys) : own];
  });
  const moved = inOwnFolder(new Map(files), entity.plural);
  const written = [...moved].map(([path, text]) => [path, laidOut(text)] as const);
  return new Map(written.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A test that names functions by other keys. */
function withKeys(text: string, keys: ReadonlyMap<string, string>): string {
  return text.replace(/"(\w+)"/g, (whole, key: string) => {
    const own = keys.get(key);
    return own === undefined ? whole : `"${own}"`;
  });
}
