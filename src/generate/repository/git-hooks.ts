import { isMap, type YAMLMap } from "yaml";
import type { GeneratedFile, Rendered, Site } from "../generated-file.ts";
import { listAt, readYaml, yamlText } from "./yaml-file.ts";

const path = "lefthook.yml";

/** Of the npm package; what its schema takes and its hooks do is tested with this one. */
export const lefthookVersion = "2.2.0";

const intro = `# What runs before each commit, on the files that are to be committed. lambdakit generate puts in what is missing, and
# leaves the rest as it is. Once for the repository: npm install --save-dev --save-exact lefthook@${lefthookVersion}
# Once for each clone, where packages run no scripts: npx lefthook install

pre-commit:
  jobs: []
`;

/** Looks at the whole repository, from whichever of its services. */
const secretsJob = "secrets";
const secretScan = "lambdakit audit --only secret-in-file,private-file --quiet";

interface HookJob {
  readonly name: string;
  /** As lefthook has it: words, and the files that are to be committed. */
  readonly run: string;
  /** Adds again what a job has mended. @default no */
  readonly stage_fixed?: boolean;
}

/** What runs before each commit. A repository has one file, and its services the same jobs in it. */
export function gitHooksFile(site: Site): GeneratedFile {
  return {
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
    render: (current) => render(current, jobsOf(site)),
  };
}

function jobsOf({ service, formatter }: Site): readonly HookJob[] {
  const there = service === "." ? "" : `cd ${service} && `;
  // Of all files that git has or would add, which are few enough to be read each time.
  const secrets = { name: secretsJob, run: `${there}npx --no-install ${secretScan}` };
  if (formatter === null) return [secrets];
  return [
    secrets,
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
    } else if (!isAs(there.get("run"), job)) {
      // What else a person has said of it stays, such as when to skip it.
      differences.push(`"${job.name}" has another run`);
      there.set("run", job.run);
    }
  }
  if (isNew) return { text: yamlText(document), differences: ["there is no such file"] };
  return { text: differences.length === 0 ? current : yamlText(document), differences };
}

/** One service's is as good as another's. */
function isAs(run: unknown, { name, run: wanted }: HookJob): boolean {
  return run === wanted || (name === secretsJob && String(run).endsWith(secretScan));
}
