import path from "node:path";
import { environmentNames } from "../../manifest/index.ts";
import {
  capital,
  exampleAccounts,
  type ServiceSpec,
  type SpecProblem,
  singularOf,
} from "../../scaffold/index.ts";
import type { Terminal } from "../../system/index.ts";
import { slashed } from "../../system/index.ts";
import { eachEnvironment } from "../adoption/each-environment.ts";
import type { Input } from "../command.ts";
import { asking } from "./answered.ts";
import { readEntity } from "./read-entity.ts";

/** A new service as it was asked for, with what is not understood of it. */
export interface ReadSpec {
  readonly spec: ServiceSpec;
  readonly problems: readonly SpecProblem[];
}

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
  const asked = asking(input, terminal);
  const singular = await asked("entity", "What does it keep? One of them:", singularOf(name));
  const { entity, problems } = await readEntity(singular, input, terminal);
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
  const title = capital(entity.plural.replaceAll("-", " "));
  const spec = {
    name,
    prefix,
    description: `${title}: list, get, create, update, delete`,
    repository: repository === "none" ? null : repository,
    folder,
    owners: input.texts("owner"),
    tags: {},
    environments: Object.fromEntries(environments),
    entity,
  };
  return { spec, problems };
}

/** What a folder is called from the root of its repository. */
export function folderFrom(root: string, directory: string): string {
  return slashed(path.relative(root, directory)) || ".";
}
