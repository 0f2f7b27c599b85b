import { laidOut } from "../lay-out.ts";
import type { EntitySpec, FieldSpec, FieldType } from "../service-spec.ts";
import { takesAn, wordsOf } from "../words.ts";
import { limitsOf } from "./field-values.ts";

/** The kinds of fields that an entity has, by name. Each is a file. */
export function kindsOf({ fields }: EntitySpec): FieldType[] {
  return [...new Set(fields.map(({ type }) => type))].sort();
}

/** `src/models/product-fields.ts`: what callers say of an entity. */
export function fieldsFile(entity: EntitySpec): string {
  const { camel, pascal, prose } = wordsOf(entity.singular);
  const optional = entity.fields.filter(({ type, required }) => type === "texts" && !required);
  const lines = [
    ...kindsOf(entity).map((kind) => `import { ${kind} } from "./kinds/${kind}.ts";`),
    "",
    `/** What callers say of ${takesAn(prose) ? "an" : "a"} ${prose}. */`,
    `export const ${camel}Fields = {`,
    ...entity.fields.map((field) => `  ${field.name}: ${kindText(field)},`),
    "};",
    "",
    `/** The same of a new ${prose}, of which some may be left out. */`,
    `export const new${pascal}Fields = {`,
    `  ...${camel}Fields,`,
    ...optional.map(({ name }) => `  ${name}: ${camel}Fields.${name}.default([]),`),
    "};",
    "",
  ];
  return laidOut(lines.join("\n"));
}

function kindText(field: FieldSpec): string {
  const { min, max } = limitsOf(field);
  const of = {
    text: `${min}, ${max}`,
    texts: String(max),
    integer: `${min}, ${max}`,
    choice: (field.choices ?? []).map((one) => JSON.stringify(one)).join(", "),
  };
  const text = `${field.type}(${field.type in of ? of[field.type as keyof typeof of] : ""})`;
  // A list that is left out is an empty one.
  return field.required || field.type === "texts" ? text : `${text}.optional()`;
}
