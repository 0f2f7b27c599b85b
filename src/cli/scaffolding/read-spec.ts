import path from "node:path";
import { LambdakitError } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import {
  capital,
  exampleAccounts,
  type FieldSpec,
  isProblem,
  pluralOf,
  readField,
  readIdForm,
  type ServiceSpec,
  type SpecProblem,
  singularOf,
} from "../../scaffold/index.ts";
import type { Terminal } from "../../system/index.ts";
import { eachEnvironment } from "../adoption/each-environment.ts";
import type { Input } from "../command.ts";

/** A new service as it was asked for, with what is not understood of it. */
export interface ReadSpec {
  readonly spec: ServiceSpec;
  readonly problems: readonly SpecProblem[];
}

/** An entity of which nothing is said has these. */
const usualFields = ["name:text:1..200", "description?:text:0..2000"];

/**
 * What a new service is to be: by options, by what somebody answers where there is somebody, or as usual.
 *
 * @param folder where it will be, from the root of its repository
 * @throws {LambdakitError} CLI_BAD_VALUE, NEW_INTERRUPTED
 */
export async function readSpec(
  name: string,
  folder: string,
  input: Input,
  terminal: Terminal,
): Promise<ReadSpec> {
  const asked = async (option: string, question: string, usual: string) =>
    input.text(option) ?? (await answered(terminal, question, usual));
  const singular = await asked("entity", "What does it keep? One of them:", singularOf(name));
  const plural = await asked("plural", "Several of them:", pluralOf(singular));
  const id = await asked("id", "Ids, as PREFIX:LENGTH:ALPHABET:", `${idPrefix(singular)}:6:0-9A-Z`);
  const fields = input.texts("field").length > 0 ? input.texts("field") : await askFields(terminal);
  const prefix = await asked("prefix", "Your organisation's short name:", "acme");
  const repository = await asked("repository", "OWNER/REPOSITORY on GitHub, or none:", "none");
  const accounts = eachEnvironment(input.text("account"), {
    option: "account",
    example: "123456789012",
    isRight: () => true,
  });
  const regions = eachEnvironment(input.text("region"), {
    option: "region",
    example: "eu-west-1",
    isRight: () => true,
  });
  const environments = environmentNames.map((environment, at) => [
    environment,
    {
      accountId: accounts[environment] ?? exampleAccounts[at] ?? "",
      region: regions[environment] ?? "eu-west-1",
    },
  ]);
  const form = readIdForm(id);
  const read = fields.map(readField);
  const title = capital(plural.replaceAll("-", " "));
  const problems = [...read, form].filter((one) => isProblem(one));
  const spec = {
    name,
    prefix,
    description: `${title}: list, get, create, update, delete`,
    repository: repository === "none" ? null : repository,
    folder,
    owners: input.texts("owner"),
    tags: {},
    environments: Object.fromEntries(environments),
    entity: {
      singular,
      plural,
      id: isProblem(form) ? { prefix: "ID", length: 6, alphabet: "0-9A-Z" } : form,
      fields: read.filter((one): one is FieldSpec => !isProblem(one)),
    },
  };
  return { spec, problems };
}

async function askFields(terminal: Terminal): Promise<readonly string[]> {
  const question = "Its fields, as NAME[?]:TYPE[:LIMITS], with spaces between:";
  return (await answered(terminal, question, usualFields.join(" "))).split(/\s+/);
}

async function answered(terminal: Terminal, question: string, usual: string): Promise<string> {
  const answer = await terminal.ask(question, usual);
  if (answer !== false) return answer ?? usual;
  throw new LambdakitError("NEW_INTERRUPTED", {
    message: "Nothing was made.",
    fix: "run the command again; each question has an option, too",
  });
}

/** `ORD` of an order, `OL` of an order line. */
function idPrefix(singular: string): string {
  const parts = singular.split("-");
  const letters =
    parts.length === 1 ? singular.slice(0, 3) : parts.map((one) => one.charAt(0)).join("");
  return letters.toUpperCase();
}

/** What a folder is called from the root of its repository. */
export function folderFrom(root: string, directory: string): string {
  return path.relative(root, directory).split(path.sep).join("/") || ".";
}
