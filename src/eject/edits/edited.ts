import { vendorFolder } from "../vendored.ts";
import { withoutToolkit } from "./terraform.ts";

type Edit = (text: string) => string;

/** What of a file is about the toolkit, by the file's path, where it is as `lambdakit new` and `generate` write it. */
const edits: Readonly<Record<string, Edit>> = {
  ".gitignore": (text) => `${text.trimEnd()}\nbuild/\n!${vendorFolder}/dist/\n`,

  // What is vendored is formatted as it came, and what is built is not read.
  "biome.json": (text) =>
    text.replace(/("includes": \[[^\]]*?)(,?)(\s*\n)(\s*)\]/, (_, list, _comma, end, indent) => {
      return `${list},\n${indent}  "!vendor",\n${indent}  "!build"${end}${indent}]`;
    }),

  "lefthook.yml": (text) =>
    text
      .replace(/ lambdakit generate puts in what is missing, and\n# leaves the rest as it is\./, "")
      .replace(/ {4}- name: secrets\n {6}run: npx --no-install lambdakit audit .*\n/, ""),

  // Workflows are the team's own now, and so are the versions of their actions.
  ".github/dependabot.yml": (text) =>
    text
      .replace(/ lambdakit generate puts in what is missing, and leaves the rest as it is\./, "")
      .replace(/ {4}exclude-paths:\n(?: {6}- \.github\/workflows\/.*\n)+/, ""),

  ".vscode/launch.json": (text) =>
    text
      .replace("/node_modules/lambdakit/dist/cli/bin.js", "/scripts/start.js")
      .replaceAll('"name": "lambdakit: ', '"name": "')
      .replace(/("args": \[\s*)"dev",\s*/, "$1"),

  "README.md": (text) =>
    text
      .replace(
        "Made with lambdakit: `service.ts` states what it is, and the rest follows.",
        "[EJECTED.md](EJECTED.md) says how it is built, deployed and looked after.",
      )
      .replaceAll("$(npx lambdakit token)", "$(npm run --silent token)")
      .replace(
        /\| `service\.ts` \| .* \|/,
        "| `service.ts` | functions, routes, tables, permissions: what tests and `npm start` go by |",
      )
      .replace(/: made by `npx lambdakit generate` \|(?=\n\| `terraform)/, " |")
      .replace(
        /\| `terraform\/environments\/` \| what Terraform is told: made by `npx lambdakit generate` \|/,
        "| `terraform/` | what it is in AWS: `environments/` says what Terraform is told |\n| `scripts/` | what `npm start`, `npm run build`, `plan` and `deploy` do |\n| `vendor/` | the library that `src/` and `tests/` import |",
      )
      .replace(/\n## In an AWS account\n[\s\S]*?(?=\n## |$)/, inAnAccount),
};

const inAnAccount = `
## In an AWS account

With Terraform, and credentials of the account that \`terraform/environments\` names:

\`\`\`sh
npm run plan -- dev
npm run deploy -- dev
npm run deploy -- sit --confirm sit    # the same zips, with credentials of that account
\`\`\`
`;

/** A file's text as it is then. */
export function edited(file: string, text: string): string {
  const edit = file.startsWith("terraform/") ? withoutToolkit : edits[file];
  return edit === undefined ? text : edit(text);
}
