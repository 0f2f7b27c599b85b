import type { FieldSpec } from "../service-spec.ts";
import { capital, proseOf } from "../words.ts";

/** What a field takes where nothing is said of it. */
export const usualLimits = {
  text: { min: 1, max: 200 },
  texts: { min: 0, max: 50 },
  integer: { min: 0, max: 1_000_000 },
} as const;

export function limitsOf({ type, limits }: FieldSpec): { min: number; max: number } {
  return limits ?? (type === "texts" || type === "integer" ? usualLimits[type] : usualLimits.text);
}

/** A value that is right, for documentation and tests. */
export function exampleOf(field: FieldSpec): unknown {
  if (field.example !== undefined) return field.example;
  const { min, max } = limitsOf(field);
  switch (field.type) {
    case "text": {
      const text = capital(proseOf(field.name));
      return text.padEnd(min, ".").slice(0, max);
    }
    case "texts":
      return [];
    case "decimal":
      return "99.99";
    case "currency":
      return "EUR";
    case "integer":
      return min;
    case "boolean":
      return true;
    case "date":
      return "2026-01-31";
    case "time":
      return "2026-01-31T12:00:00Z";
    case "choice":
      return field.choices?.[0];
  }
}

/** Another value that is right. */
export function otherValueOf(field: FieldSpec): unknown {
  const example = exampleOf(field);
  const { min, max } = limitsOf(field);
  switch (field.type) {
    case "text": {
      const other = "Changed".padEnd(min, ".").slice(0, max);
      return other === example ? "Another".padEnd(min, ".").slice(0, max) : other;
    }
    case "texts":
      return ["Changed"];
    case "decimal":
      return example === "149.99" ? "99.99" : "149.99";
    case "currency":
      return example === "USD" ? "EUR" : "USD";
    case "integer":
      return example === max ? min : max;
    case "boolean":
      return example !== true;
    case "date":
      return example === "2026-02-28" ? "2026-01-31" : "2026-02-28";
    case "time":
      return example === "2026-02-28T12:00:00Z" ? "2026-01-31T12:00:00Z" : "2026-02-28T12:00:00Z";
    case "choice":
      return field.choices?.find((one) => one !== example);
  }
}

/** A value that is wrong, and what an answer calls the place of it. */
export function wrongValueOf({ name, type }: FieldSpec): { value: unknown; field: string } {
  switch (type) {
    case "texts":
      return { value: [7], field: `${name}[0]` };
    case "decimal":
      return { value: "1,00", field: name };
    case "currency":
      return { value: "RAND", field: name };
    case "integer":
      return { value: 1.5, field: name };
    case "boolean":
      return { value: "yes", field: name };
    case "date":
    case "time":
      return { value: "tomorrow", field: name };
    case "choice":
      return { value: "none of them", field: name };
    case "text":
      return { value: 7, field: name };
  }
}

/** The field that examples of a change change: a figure, where there is one. */
export function changedField(fields: readonly FieldSpec[]): FieldSpec | undefined {
  const canChange = fields.filter(
    ({ type, choices, limits }) =>
      !(type === "choice" && (choices?.length ?? 0) < 2) &&
      !(type === "integer" && limits !== undefined && limits.min === limits.max),
  );
  return canChange.find(({ type }) => type === "decimal" || type === "integer") ?? canChange[0];
}
