import path from "node:path";
import { LambdakitError } from "../../errors/index.ts";
import {
  fileExists,
  nearestFolderWith,
  quoted,
  readFolder,
  readStamp,
} from "../../system/index.ts";
import type { Command } from "../command.ts";
import { dryRunOption } from "../scaffolding/dry-run-option.ts";
import { entityOptions } from "../scaffolding/entity-options.ts";
import { writeMade } from "../scaffolding/write-made.ts";
import { shortPath } from "../short-path.ts";

export const newService: Command = {
  name: "new",
  summary: "make a new service, which passes its own tests at once",
  description:
    "Writes a complete service into a folder of its name: service.ts, handlers, validators, services, repositories, models and errors of one entity with its five operations (list, get, create, update, delete), unit and integration tests, settings of TypeScript, Biome, Vitest and the editor, a README, and everything that lambdakit generate derives. It is what the Product service is, about your entity. A field is NAME[?]:TYPE[:LIMITS][=EXAMPLE]; a question mark lets callers leave it out. Types: text (1..200), texts (0..50), decimal, currency, integer (0..1000000), boolean, date, time, choice (open|closed). Asks for what is not said where somebody is there to ask, and takes what is usual otherwise. Accounts that are not said are examples of AWS's documentation: service.ts says so where they stand. Writes over nothing, asks AWS for nothing, installs nothing.",
  examples: [
    "lambdakit new orders",
    "lambdakit new orders --prefix shop --repository shop/orders",
    "lambdakit new crm --entity customer --field name:text --field vip:boolean",
    "lambdakit new orders --id ORD:8:0-9a-f --account 123456789012",
    "lambdakit new orders --dry-run",
  ],
  options: {
    out: {
      type: "text",
      placeholder: "DIR",
      description: "where it is made; otherwise a folder of its name",
    },
    entity: {
      type: "text",
      placeholder: "NAME",
      description: "one of what it keeps, such as order-line; otherwise of the service's name",
    },
    ...entityOptions,
    prefix: {
      type: "text",
      placeholder: "NAME",
      description: "the organisation's short name, which every resource's name begins with",
    },
    repository: {
      type: "text",
      placeholder: "NAME",
      description: "OWNER/REPOSITORY on GitHub, for its workflows; otherwise none",
    },
    owner: {
      type: "texts",
      placeholder: "TEAM",
      description: "who is asked before it changes, such as @acme/orders; once for each",
    },
    account: {
      type: "text",
      placeholder: "ID",
      description: "the account of all environments, or of each: dev=ID,sit=ID,prod=ID",
    },
    region: {
      type: "text",
      placeholder: "REGION",
      description: "the region of all environments, or of each; otherwise eu-west-1",
    },
    ...dryRunOption,
  },
  arguments: ["NAME"],

  async run(input, world) {
    const { terminal } = world;
    const [name] = input.arguments;
    if (name === undefined) {
      throw new LambdakitError("CLI_BAD_VALUE", {
        message: "It is not said what the service is called.",
        fix: "lambdakit new orders",
        at: "NAME",
      });
    }
    const { scaffoldService, specProblems } = await import("../../scaffold/index.ts");
    const { allProblems, problemText } = await import("../scaffolding/all-problems.ts");
    const { folderFrom, readSpec } = await import("../scaffolding/read-spec.ts");
    const { readTemplate, readVersions } = await import("../scaffolding/read-template.ts");
    const directory = path.resolve(input.text("out") ?? name);
    await requireEmpty(directory, name);
    const root = nearestFolderWith(".git", directory) ?? directory;
    const folder = folderFrom(root, directory);
    const { spec, problems } = await readSpec(name, folder, input, terminal);
    const template = await readTemplate();
    const all = allProblems(problems, specProblems(spec, template));
    const [first] = all;
    if (first !== undefined) {
      throw new LambdakitError("NEW_INVALID", {
        message: all.map(problemText).join("\n"),
        fix: all.length === 1 ? first.fix : "correct each, or see lambdakit new --help",
        at: first.at,
      });
    }
    const made = scaffoldService(spec, template, await readVersions());
    // What the repository has at its root already counts for the whole of it.
    const files = [...made].filter(
      ([file]) => root === directory || !forWhole.has(file) || !fileExists(path.join(root, file)),
    );
    const to = shortPath(directory) || ".";
    const making = {
      directory,
      root,
      files,
      fix: `lambdakit new ${quoted(name)} --out with a folder that you may write to`,
      next: [
        `cd ${/^[\w./-]+$/.test(to) ? to : quoted(to)} && npm install`,
        "npm test",
        "npm start",
      ],
      shown: (file: string) => file,
      counted: (count: number) => `Made ${name} in ${to}: ${count} files`,
    };
    return writeMade(making, input, world);
  },
};

/** Files that a repository has once, for all that is in it. */
const forWhole = new Set([".editorconfig", ".nvmrc", ".vscode/settings.json", "biome.json"]);

async function requireEmpty(directory: string, name: string): Promise<void> {
  const stamp = readStamp(directory);
  if (stamp === undefined) return;
  const entries = stamp.isFolder ? await readFolder(directory) : [{ name: "itself" }];
  const other = entries.find((entry) => entry.name !== ".git");
  if (other === undefined) return;
  throw new LambdakitError("NEW_FOLDER_NOT_EMPTY", {
    message: stamp.isFolder
      ? `There are files in it already, such as ${other.name}.`
      : "It is a file.",
    fix: `lambdakit new ${quoted(name)} --out another-folder`,
    at: directory,
  });
}
