import { limitsOf } from "../fields/field-values.ts";
import { charactersOf, sampleId } from "../fields/id-file.ts";
import { sampleInput } from "../fields/sample-file.ts";
import type { FieldSpec, ServiceSpec } from "../service-spec.ts";
import { takesAn, wordsOf } from "../words.ts";

/** `README.md`: what a newcomer types, and where things are. */
export function readmeFile(spec: ServiceSpec): string {
  const { name, description, entity } = spec;
  const { prose } = wordsOf(entity.singular);
  const article = takesAn(prose) ? "an" : "a";
  const path = `/v1.0/${entity.plural}`;
  const { id } = entity;
  return `# ${name}

${description}. Made with lambdakit: \`service.ts\` states what it is, and the rest follows.

## Start

With Node.js 20.19 or newer:

\`\`\`sh
npm install
npm test         # lint, types, every test
npm start        # serves it at http://127.0.0.1:3000, with a console at /_console
\`\`\`

While \`npm start\` runs, in a second terminal:

\`\`\`sh
curl -s -X POST http://127.0.0.1:3000${path} \\
  -H "Authorization: Bearer $(npx lambdakit token)" \\
  -H 'Content-Type: application/json' \\
  -d ${shellQuoted(JSON.stringify(sampleInput(entity)))}
curl -s http://127.0.0.1:3000${path}
\`\`\`

## What ${article} ${prose} is

Its id is such as \`${sampleId(id, "ABC123")}\`: ${id.length} of ${charactersOf(id.alphabet).length} characters behind \`${id.prefix}-\`.

| Field | Is | |
|---|---|---|
${entity.fields.map(fieldRow).join("\n")}

## Where things are

| Folder | Has |
|---|---|
| \`service.ts\` | functions, routes, tables, permissions, alarms, environments |
| \`src/handlers/\` | a function each: read, call one service, answer |
| \`src/validators/\` | a request into typed input, or a 400 with every bad field |
| \`src/services/\` | the rules |
| \`src/repositories/\` | items into models and back; the only calls to the table |
| \`src/models/\` | what ${article} ${prose} is, what callers send and get |
| \`src/errors/\` | what can go wrong, and the answer to it |
| \`tests/\` | \`unit/\` without a table, \`integration/\` with one |
| \`runbooks/\` | what to do, step by step, and when an alarm fires: made by \`npx lambdakit generate\` |
| \`terraform/environments/\` | what Terraform is told: made by \`npx lambdakit generate\` |

## In an AWS account

Write your accounts and issuers into \`environments\` of \`service.ts\`, and run \`npx lambdakit generate\`. Then, with credentials of that account:

\`\`\`sh
npx lambdakit bootstrap --env dev           # once
npx lambdakit plan
npx lambdakit deploy
npx lambdakit promote --from dev --to sit
\`\`\`
`;
}

function fieldRow(field: FieldSpec): string {
  const { name, type, required, choices = [] } = field;
  const { min, max } = limitsOf(field);
  const is = {
    text: `a text of ${min} to ${max} characters`,
    texts: `a list of at most ${max} texts`,
    decimal: "an exact decimal, as a text",
    currency: "a currency's code",
    integer: `a whole number from ${min} to ${max}`,
    boolean: "true or false",
    date: "a day",
    time: "a moment, in UTC",
    choice: `one of ${choices.join(", ")}`,
  }[type];
  return `| \`${name}\` | ${is} | ${required ? "" : "may be left out"} |`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
