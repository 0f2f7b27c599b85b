import { isMap, type YAMLMap } from "yaml";
import type { GeneratedFile, Rendered, Site } from "../generated-file.ts";
import { listAt, readYaml, yamlText } from "./yaml-file.ts";

const path = "lefthook.yml";

/** Of the npm package; what its schema takes and its hooks do is tested with this one. */
export const lefthookVersion = "2.2.2";

const intro = `# What runs before each commit, on the files that are to be committed. lambdakit generate puts in what is missing, and
# leaves the rest as it is. Once for the repository: npm install --save-dev --save-exact lefthook@${lefthookVersion}
# Once for each clone, where packages run no scripts: npx lefthook install

pre-commit:
  jobs: []
`;

interface HookJob {
  readonly name: string;
  /** As lefthook has it: words, and the files that are to be committed. */
  readonly run: string;
  readonly [key: string]: string | boolean;
}

/** What runs before each commit, where anything does. A repository has one file, and its services the same jobs in it. */
export function gitHooksFile(site: Site): readonly GeneratedFile[] {
  const jobs = jobsOf(site);
  if (jobs.length === 0) return [];
  const file: GeneratedFile = {
    path,
    instead: [
      "lefthook.yaml",
      "lefthook.toml",
      "lefthook.json",
      ".lefthook.yml",
      ".lefthook.yaml",
      ".lefthook.toml",
      ".lefthook.json",
      ".config/lefthook.yml",
      ".husky",
      ".pre-commit-config.yaml",
    ],
    render: (current) => render(current, jobs),
  };
  return [file];
}

function jobsOf({ formatter }: Site): readonly HookJob[] {
  if (formatter === null) return [];
  return [
    {
      name: "format and lint",
      // Not what npx would download where Biome is not installed.
      run: "npx --no-install biome check --write --no-errors-on-unmatched --files-ignore-unknown=true {staged_files}",
      stage_fixed: true,
    },
  ];
}

function render(current: string | undefined, wanted: readonly HookJob[]): Rendered {
  const isNew = current === undefined || current.trim() === "";
  const document = readYaml(path, isNew ? intro : current);
  const jobs = listAt(path, document, ["pre-commit", "jobs"]);
  jobs.flow = false;
  const differences: string[] = [];
  for (const job of wanted) {
    const there = jobs.items.find(
      (one): one is YAMLMap => isMap(one) && one.get("name") === job.name,
    );
    if (there === undefined) {
      differences.push(`there is no job "${job.name}"`);
      jobs.add(document.createNode(job));
    } else if (there.get("run") !== job.run) {
      // What else a person has said of it stays, such as when to skip it.
      differences.push(`"${job.name}" has another run`);
      there.set("run", job.run);
    }
  }
  if (isNew) return { text: yamlText(document), differences: ["there is no such file"] };
  return { text: differences.length === 0 ? current : yamlText(document), differences };
}
