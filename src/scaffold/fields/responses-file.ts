import type { EntitySpec } from "../service-spec.ts";
import { wordsOf } from "../words.ts";

/** `src/models/responses.ts`, with a line for each field where the Product service has its own. */
export function withFields(source: string, { fields, singular }: EntitySpec): string {
  const { camel } = wordsOf(singular);
  const own = fields.map(({ name }) => `    ${name}: ${camel}.${name},\n`).join("");
  const [first, rest] = [
    `    ${camel}Id: ${camel}.${camel}Id,\n`,
    `    active: ${camel}.active,\n`,
  ];
  const start = source.indexOf(first) + first.length;
  return source.slice(0, start) + own + source.slice(source.indexOf(rest));
}
