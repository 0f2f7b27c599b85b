import type { EntitySpec, IdForm } from "../service-spec.ts";
import { wordsOf } from "../words.ts";

/** Every character of an alphabet such as `0-9A-Z`. */
export function charactersOf(alphabet: string): string[] {
  const ranges = alphabet.match(/.-.|./gs) ?? [];
  const characters = ranges.flatMap((range) => {
    const [from = 0, to = from] = [range.charCodeAt(0), range.charCodeAt(range.length - 1)];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) =>
      String.fromCharCode(from + at),
    );
  });
  return [...new Set(characters)];
}

/** How many ids of a form there are. */
export function idCount({ length, alphabet }: IdForm): number {
  return charactersOf(alphabet).length ** length;
}

/** The id of this form that stands for one of the Product service's tests, such as `ABC123`. */
export function sampleId({ prefix, length, alphabet }: IdForm, characters: string): string {
  const all = charactersOf(alphabet);
  const own = [...characters].map((one) => {
    const position = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".indexOf(one);
    return all.includes(one) ? one : all[position % all.length];
  });
  return `${prefix}-${own.join("").slice(0, length).padEnd(length, "0")}`;
}

/** `src/models/product-id.ts`: the form of an entity's ids. */
export function idFile({ singular, id }: EntitySpec): string {
  const { camel } = wordsOf(singular);
  const { prefix, length, alphabet } = id;
  const ranges = alphabet.match(/.-.|./gs) ?? [];
  const said = ranges.join(" and ");
  return `import * as z from "zod";

/** ${idCount(id).toLocaleString("en-US")} ids. */
export const ${camel}IdForm = {
  prefix: "${prefix}-",
  length: ${length},
  alphabet: "${charactersOf(alphabet).join("")}",
};

export const ${camel}IdMeaning = "${prefix}- and ${length} of ${said}.";

const pattern = /^${prefix}-[${alphabet}]{${length}}$/;
const refusal = "has to be such as ${sampleId(id, "ABC123")}";

export const ${camel}IdSchema = z.string().regex(pattern, refusal);
`;
}
