import { sampleId } from "../fields/id-file.ts";
import { literal, objectLines } from "../fields/literal.ts";
import { sampleChange, sampleInput } from "../fields/sample-file.ts";
import { renamed } from "../rename.ts";
import type { EntitySpec } from "../service-spec.ts";
import { type ManifestSource, openManifest } from "../source/manifest-source.ts";
import { wordsOf } from "../words.ts";

/** Gives what stands for a text until the entity is renamed: the text is not about products, whatever it says. */
export type Later = (text: string) => string;

/**
 * `service.ts` about another entity: its names, and examples of it.
 *
 * @param template the Product service's
 * @param setFurther writes what else is another
 */
export function entityManifest(
  template: string,
  entity: EntitySpec,
  setFurther: (source: ManifestSource, later: Later) => void = () => {},
): string {
  const source = openManifest(template);
  const values: string[] = [];
  const later = (text: string) => `$${values.push(text) - 1}$`;
  const id = later(literal(sampleId(entity.id, "ABC123")));
  for (const key of ["get", "update", "delete"]) {
    source.set(["functions", key, "example", "pathParameters", "productId"], id);
  }
  source.set(
    ["functions", "create", "example", "body"],
    later(`{\n${objectLines(sampleInput(entity), " ".repeat(10))}\n        }`),
  );
  source.set(["functions", "update", "example", "body"], later(literal(sampleChange(entity))));
  setFurther(source, later);
  const text = renamed(source.text(), wordsOf(entity.singular), wordsOf(entity.plural));
  return text.replace(/\$(\d+)\$/g, (_, position) => values[Number(position)] ?? "");
}
