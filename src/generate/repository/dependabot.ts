import { isMap, isSeq, type YAMLMap } from "yaml";
import type { GeneratedFile, Rendered, Site } from "../generated-file.ts";
import { listAt, readYaml, yamlText } from "./yaml-file.ts";

const path = ".github/dependabot.yml";

/**
 * Days that a new version waits: one that somebody has slipped something into is mostly found and taken back
 * within a week. Our choice. Dependabot's security updates do not wait.
 * @see https://docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference#cooldown- (2026-11-27)
 */
const cooldownDays = 7;

const intro = `# Asks for newer packages and actions, once a week. lambdakit generate puts in what is missing, and leaves the rest as it is.

version: 2
updates: []
`;

/** Newer packages and actions, as pull requests. A repository has one file, and each of its services a part in it. */
export function dependabotFile(service: string, site: Site): GeneratedFile {
  return {
    path,
    instead: [
      ".github/dependabot.yaml",
      "renovate.json",
      "renovate.json5",
      ".renovaterc",
      ".renovaterc.json",
      ".github/renovate.json",
      ".github/renovate.json5",
    ],
    render: (current) => render(current, service, site),
  };
}

function render(current: string | undefined, service: string, site: Site): Rendered {
  const isNew = current === undefined || current.trim() === "";
  const document = readYaml(path, isNew ? intro : current);
  const updates = listAt(path, document, ["updates"]);
  // What is empty is written on one line otherwise.
  updates.flow = false;
  const differences: string[] = [];
  const entry = (ecosystem: string, directory: string, more: object = {}): YAMLMap => {
    const found = updates.items.find(
      (one): one is YAMLMap => isMap(one) && isFor(one, ecosystem, directory),
    );
    if (found !== undefined) return found;
    differences.push(`there is no update of ${ecosystem} in ${directory}`);
    const node = document.createNode({
      "package-ecosystem": ecosystem,
      directory,
      schedule: { interval: "weekly" },
      cooldown: { "default-days": cooldownDays },
      ...more,
    }) as YAMLMap;
    node.spaceBefore = updates.items.length > 0;
    updates.add(node);
    return node;
  };
  // A pull request for each small step would be more than anybody reads.
  const groups = { "minor-and-patch": { "update-types": ["minor", "patch"] } };
  entry("npm", site.installation === "." ? "/" : `/${site.installation}`, { groups });
  const actions = entry("github-actions", "/");
  const derived = `.github/workflows/${service}-*.yml`;
  if (!namesIn(actions, "exclude-paths").includes(derived)) {
    if (!isNew) differences.push(`${derived} is derived, and not left out of the updates`);
    // Their actions are lambdakit's: a newer lambdakit brings newer ones.
    if (isSeq(actions.get("exclude-paths"))) actions.addIn(["exclude-paths"], derived);
    else actions.set("exclude-paths", document.createNode([derived]));
  }
  if (isNew) return { text: yamlText(document), differences: ["there is no such file"] };
  return { text: differences.length === 0 ? current : yamlText(document), differences };
}

function isFor(entry: YAMLMap, ecosystem: string, directory: string): boolean {
  const folders = [entry.get("directory"), ...namesIn(entry, "directories")];
  const isIt = (folder: unknown) => typeof folder === "string" && trimmed(folder) === directory;
  return entry.get("package-ecosystem") === ecosystem && folders.some(isIt);
}

/** `/services/` is `/services`. */
function trimmed(folder: string): string {
  return folder.length > 1 ? folder.replace(/\/$/, "") : folder;
}

function namesIn(entry: YAMLMap, key: string): unknown[] {
  const list = entry.get(key);
  return isSeq(list) ? (list.toJSON() as unknown[]) : [];
}
