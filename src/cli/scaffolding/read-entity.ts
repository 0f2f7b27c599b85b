import {
  type EntitySpec,
  type FieldSpec,
  isProblem,
  pluralOf,
  readField,
  readIdForm,
  type SpecProblem,
} from "../../scaffold/index.ts";
import type { Terminal } from "../../system/index.ts";
import type { Input } from "../command.ts";
import { answered, asking } from "./answered.ts";

/** An entity of which nothing is said has these. */
const usualFields = ["name:text:1..200", "description?:text:0..2000"];

/** A new entity as it was asked for, with what is not understood of it. */
export interface ReadEntity {
  readonly entity: EntitySpec;
  readonly problems: readonly SpecProblem[];
}

/**
 * What a new entity is to be: by options, by what somebody answers where there is somebody, or as usual.
 *
 * @throws {LambdakitError} NEW_INTERRUPTED
 */
export async function readEntity(
  singular: string,
  input: Input,
  terminal: Terminal,
): Promise<ReadEntity> {
  const asked = asking(input, terminal);
  const plural = await asked("plural", "Several of them:", pluralOf(singular));
  const id = await asked("id", "Ids, as PREFIX:LENGTH:ALPHABET:", `${idPrefix(singular)}:6:0-9A-Z`);
  const fields = input.texts("field").length > 0 ? input.texts("field") : await askFields(terminal);
  const form = readIdForm(id);
  const read = fields.map(readField);
  const entity = {
    singular,
    plural,
    id: isProblem(form) ? { prefix: "ID", length: 6, alphabet: "0-9A-Z" } : form,
    fields: read.filter((one): one is FieldSpec => !isProblem(one)),
  };
  return { entity, problems: [...read, form].filter((one) => isProblem(one)) };
}

async function askFields(terminal: Terminal): Promise<readonly string[]> {
  const question = "Its fields, as NAME[?]:TYPE[:LIMITS], with spaces between:";
  return (await answered(terminal, question, usualFields.join(" "))).split(/\s+/);
}

/** `ORD` of an order, `OL` of an order line. */
function idPrefix(singular: string): string {
  const parts = singular.split("-");
  const letters =
    parts.length === 1 ? singular.slice(0, 3) : parts.map((one) => one.charAt(0)).join("");
  return letters.toUpperCase();
}
