import type { GeneratedFile, Rendered } from "../generated-file.ts";

const intro =
  "# Who is asked before a part of the repository changes: the last line that fits counts. From owners in each service.ts.";

/**
 * Who has to agree to a change of a service. A repository has one file: the lines of this service are kept as
 * `service.ts` says, and all others stay as they are.
 *
 * @param folder of the service, from the root
 * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners (2026-11-27)
 */
export function codeOwnersFile(
  service: string,
  folder: string,
  owners: readonly string[],
): GeneratedFile {
  const own =
    folder === "." ? ["*"] : [`/${escaped(folder)}/`, `/.github/workflows/${service}-*.yml`];
  return {
    path: ".github/CODEOWNERS",
    instead: ["CODEOWNERS", "docs/CODEOWNERS"],
    render: (current) => render(current, own, owners.join(" ")),
  };
}

function render(current: string | undefined, own: readonly string[], owners: string): Rendered {
  const isNew = current === undefined || current.trim() === "";
  const lines = (isNew ? `${intro}\n` : current).split("\n");
  const differences: string[] = [];
  const missing: string[] = [];
  for (const pattern of own) {
    // The last one counts, as for GitHub.
    const position = lines.findLastIndex((line) => patternOf(line) === pattern);
    const wanted = `${pattern} ${owners}`;
    if (position === -1) missing.push(wanted);
    else if (ownersOf(lines[position] ?? "") !== owners) {
      differences.push(`line ${position + 1} names other owners: ${lines[position]}`);
      lines[position] = wanted;
    }
  }
  // Whoever reviews who reviews. Of several services, the first to be generated.
  const itself = "/.github/CODEOWNERS";
  const isGuarded = own.includes("*") || lines.some((line) => patternOf(line) === itself);
  if (!isGuarded) missing.push(`${itself} ${owners}`);
  lines.splice(placeIn(lines), 0, ...missing);
  if (isNew) return { text: lines.join("\n"), differences: ["there is no such file"] };
  differences.push(...missing.map((line) => `there is no line ${line}`));
  return { text: lines.join("\n"), differences };
}

/** Behind what is said of everything, and before what a person has said of a part: their line is then the last that fits. */
function placeIn(lines: readonly string[]): number {
  const everything = lines.findLastIndex((line) => patternOf(line) === "*");
  if (everything !== -1) return everything + 1;
  const first = lines.findIndex((line) => patternOf(line) !== undefined);
  if (first !== -1) return first;
  return lines.at(-1) === "" ? lines.length - 1 : lines.length;
}

/** What a line is about; undefined for comments and empty lines. A space in a path is escaped. */
function patternOf(line: string): string | undefined {
  return /^\s*((?:\\.|[^\s#\\])+)/.exec(line)?.[1];
}

function ownersOf(line: string): string {
  const [, owners = ""] = /^\s*(?:\\.|[^\s#\\])+\s*([^#]*)/.exec(line) ?? [];
  return owners.trim().split(/\s+/).join(" ");
}

function escaped(folder: string): string {
  return folder.replaceAll(" ", "\\ ");
}
