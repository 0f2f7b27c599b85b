import type { FieldType } from "../service-spec.ts";

/** The kinds of fields that the Product service has none of. The others are its own files. */
export const furtherKinds: Partial<Record<FieldType, string>> = {
  integer: `import * as z from "zod";
import { requiredOr } from "./required-or.ts";

/** A whole number. */
export function integer(min: number, max: number) {
  const message = \`has to be a whole number from \${min} to \${max}\`;
  return z
    .int({ error: requiredOr(message) })
    .min(min, message)
    .max(max, message);
}
`,
  boolean: `import * as z from "zod";
import { requiredOr } from "./required-or.ts";

/** Yes or no. */
export function boolean() {
  return z.boolean({ error: requiredOr("has to be true or false") });
}
`,
  date: `import * as z from "zod";
import { requiredOr } from "./required-or.ts";

/** A day of the calendar. */
export function date() {
  return z.iso.date({ error: requiredOr('has to be a day such as "2026-01-31"') });
}
`,
  time: `import * as z from "zod";
import { requiredOr } from "./required-or.ts";

/** A moment, in UTC. */
export function time() {
  return z.iso.datetime({ error: requiredOr('has to be a time such as "2026-01-31T12:00:00Z"') });
}
`,
  choice: `import * as z from "zod";
import { requiredOr } from "./required-or.ts";

/** One of these texts. */
export function choice<const Choice extends string>(...choices: readonly Choice[]) {
  return z.enum(choices, { error: requiredOr(\`has to be one of \${choices.join(", ")}\`) });
}
`,
};
