import { laidOut } from "../lay-out.ts";
import type { EntitySpec } from "../service-spec.ts";
import { withSortedImports } from "../sort-imports.ts";
import { wordsOf } from "../words.ts";
import { changedField, exampleOf, otherValueOf, wrongValueOf } from "./field-values.ts";
import { sampleId } from "./id-file.ts";
import { literal, objectLines } from "./literal.ts";

/** The body of a change that changes one field. */
export function sampleChange({ fields }: EntitySpec): Record<string, unknown> {
  const field = changedField(fields);
  return field === undefined ? {} : { [field.name]: otherValueOf(field) };
}

/** The body of a new entity. */
export function sampleInput({ fields }: Pick<EntitySpec, "fields">): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, exampleOf(field)]));
}

/** `tests/sample-product.ts`: what the tests send and expect, of every field and of ids. */
export function sampleFile(entity: EntitySpec): string {
  const { camel, pascal } = wordsOf(entity.singular);
  const { id } = entity;
  const wrong = entity.fields.map((field) => ({ ...wrongValueOf(field), name: field.name }));
  const wrongInput = Object.fromEntries(wrong.map(({ name, value }) => [name, value]));
  const wrongFields = [...wrong.map(({ field }) => field), "noSuchField"];
  const numbered = (number: number) =>
    `\`${id.prefix}-${String(number).padStart(id.length, "0")}\``;
  const text = `import type { ${pascal} } from "../src/models/${entity.singular}.ts";
import type { Create${pascal}, Update${pascal} } from "../src/models/requests.ts";

export const sampleInput: Create${pascal} = {
${objectLines(sampleInput(entity), "  ")}
};

/** Of one field, to another value than that of the sample. */
export const sampleChange: Update${pascal} = ${literal(sampleChange(entity))};

/** Each field is wrong, and one is not known. */
export const wrongInput = {
${objectLines({ ...wrongInput, noSuchField: "x" }, "  ")}
};

/** What an answer says is wrong with it. */
export const wrongFields = ${literal(wrongFields)};

export const ids = {
  sample: "${sampleId(id, "ABC123")}",
  other: "${sampleId(id, "OTHER1")}",
  /** No test makes one of this id. */
  missing: "${sampleId(id, "NOTHIN")}",
};

export function sample${pascal}(changes: Partial<${pascal}> = {}): ${pascal} {
  return {
    ${camel}Id: ids.sample,
    ...sampleInput,
    active: "true",
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    version: 1,
    ...changes,
  };
}

/** ${numbered(1)}, ${numbered(2)}, …, with creation times a second apart. */
export function numbered${pascal}(number: number, changes: Partial<${pascal}> = {}): ${pascal} {
  return sample${pascal}({
    ${camel}Id: \`${id.prefix}-\${String(number).padStart(${id.length}, "0")}\`,
    createdAt: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString(),
    ...changes,
  });
}
`;
  return laidOut(withSortedImports(text));
}
