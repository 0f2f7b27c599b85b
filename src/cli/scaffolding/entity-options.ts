import type { Option } from "../command.ts";

/** What a new entity is, but for its name. */
export const entityOptions = {
  plural: { type: "text", placeholder: "NAME", description: "several of them" },
  id: {
    type: "text",
    placeholder: "FORM",
    description: "the form of ids, PREFIX:LENGTH:ALPHABET, such as ORD:6:0-9A-Z",
  },
  field: {
    type: "texts",
    placeholder: "FIELD",
    description: "a field, such as title:text:1..200; write it once for each",
  },
} as const satisfies Record<string, Option>;
