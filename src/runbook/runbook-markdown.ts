import type { EnvironmentName, ServicePlan } from "../plan/index.ts";
import { runbookMark } from "./mark.ts";
import type {
  Fact,
  Procedure,
  Runbook,
  RunbookName,
  RunbookSection,
  RunbookStep,
} from "./runbook.ts";
import { runbookNames } from "./runbook.ts";
import { runbookOf } from "./runbook-of.ts";

/**
 * `runbooks/NAME.md`: a runbook of a service as Markdown, for all of its environments.
 *
 * @param plans of each environment. What is the same but for names is written for the last one, where it matters most; the
 * commands of the others stand at the end.
 */
export function renderRunbook(name: RunbookName, plans: readonly ServicePlan[]): string {
  const last = plans.at(-1);
  if (last === undefined) throw new Error("A runbook is of at least one environment.");
  const books = plans.map(({ environment }) => runbookOf(name, plans, environment));
  const main = books.at(-1) as Runbook;
  const others = main.environment === null ? [] : books.slice(0, -1);
  const versions = main.sections.map(({ id }) => versionsOf(id, books));
  const lines = [
    runbookMark,
    "",
    `# ${main.title}`,
    "",
    ...headerLines(last),
    "",
    main.purpose,
    ...(others.length === 0
      ? []
      : [
          `Written for ${last.environment}, where it matters most. The same commands for ${others.map(({ environment }) => `[${environment}](#commands-for-${environment})`).join(" and ")} are at the end.`,
        ]),
    "",
    ...main.sections.map(({ title }) => `- [${title}](#${addressOf(title)})`),
    ...versions.flatMap(sectionLines),
    ...others.flatMap((book) => commandLines(book, versions)),
    "",
    `**Related**: ${relatedLinks(name)}`,
  ];
  return `${lines.join("\n").replace(/\n{3,}/g, "\n\n")}\n`;
}

function headerLines({ service, deployment, recovery }: ServicePlan): string[] {
  const repository = deployment.repository?.replaceAll(/@\d+/g, "");
  return [
    `**Service**: ${service}  `,
    ...(repository === undefined ? [] : [`**Repository**: <https://github.com/${repository}>  `]),
    `**RPO/RTO**: ${recovery.rpoMinutes} min / ${recovery.rtoMinutes} min`,
  ];
}

function relatedLinks(name: RunbookName): string {
  return [...runbookNames.filter((one) => one !== name), "alarms"]
    .map((one) => `[${one}](${one}.md)`)
    .join(", ");
}

/** A section, as it is in each of the environments that have it. */
type Versions = readonly {
  readonly environment: EnvironmentName | null;
  readonly section: RunbookSection;
}[];

function versionsOf(id: string, books: readonly Runbook[]): Versions {
  return books.flatMap(({ environment, sections }) => {
    const section = sections.find((one) => one.id === id);
    return section === undefined ? [] : [{ environment, section }];
  });
}

/** Whether there are other steps in one environment than in another, and not only other names. */
function isToldForEach(versions: Versions): boolean {
  const steps = versions.map(({ section }) => section.procedure?.steps.map(({ id }) => id).join());
  return new Set(steps).size > 1;
}

function sectionLines(versions: Versions): string[] {
  const told = isToldForEach(versions) ? versions : versions.slice(-1);
  const title = versions.at(-1)?.section.title ?? "";
  return [
    "",
    `## ${title}`,
    ...told.flatMap(({ environment, section: { facts, procedure } }) => [
      ...(told.length === 1 ? [] : ["", `### ${title}: ${environment}`]),
      ...facts.flatMap(factLines),
      ...(procedure === null ? [] : procedureLines(procedure, environment)),
    ]),
  ];
}

function procedureLines(
  { see, means, steps, escalate }: Procedure,
  environment: EnvironmentName | null,
): string[] {
  return [
    "",
    `**What you see.** ${see}`,
    "",
    `**What it means.** ${means}`,
    "",
    "**Do this.**",
    "",
    ...steps.flatMap((step, at) => stepLines(step, at + 1, environment)),
    "",
    `**When to get help.** ${escalate}`,
  ];
}

function stepLines(
  { what, command, isByHand, changes, check, otherwise }: RunbookStep,
  number: number,
  environment: EnvironmentName | null,
): string[] {
  const kind = changes ? `**Changes ${environment}.** ` : isByHand ? "**By hand.** " : "";
  return [
    `${number}. ${kind}${what}`,
    ...(command === null ? [] : ["", "   ```sh", `   ${command}`, "   ```"]),
    "",
    `   Check: ${check}`,
    "",
    `   If not: ${otherwise}`,
    "",
  ];
}

function factLines(fact: Fact): string[] {
  if (typeof fact === "string") return ["", fact];
  return ["", ...tableRows([fact.head, fact.head.map(() => "---"), ...fact.rows])];
}

/** What is typed in another environment, where that is all that is otherwise. */
function commandLines({ environment, sections }: Runbook, versions: readonly Versions[]): string[] {
  const isToldAlready = (id: string) =>
    versions.some((all) => all.at(-1)?.section.id === id && isToldForEach(all));
  const rows = sections
    .filter(({ id }) => !isToldAlready(id))
    .flatMap(({ title, procedure }) =>
      (procedure?.steps ?? [])
        .flatMap(({ id, command }) => (command === null ? [] : [{ id, command }]))
        .map(({ id, command }, at) => [at === 0 ? title : "", id, `\`${command}\``]),
    );
  return [
    "",
    `## Commands for ${environment}`,
    "",
    ...tableRows([["", "Step", "Command"], ["---", "---", "---"], ...rows]),
  ];
}

function tableRows(rows: readonly (readonly string[])[]): string[] {
  return rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`);
}

/** Of a heading, as GitHub makes it. */
function addressOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replaceAll(" ", "-");
}
