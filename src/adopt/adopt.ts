import { LambdakitError, type Problem } from "../errors/index.ts";
import { validateManifest } from "../manifest/index.ts";
import { chooseTableVariables } from "./cloudformation/variables.ts";
import type { HasFile } from "./entry.ts";
import { kebabName, withOwnKeys } from "./keys.ts";
import type { AdoptedService } from "./model.ts";
import { reasonFor } from "./reasons.ts";
import { isTemplate, readSam } from "./sam/read-sam.ts";
import { isServerless, readServerless } from "./serverless/read-serverless.ts";
import { type ReadFile, Variables } from "./serverless/variables/resolve-variables.ts";
import { Ledger, type Loss } from "./source/ledger.ts";
import { readYaml } from "./source/read-yaml.ts";
import { childOf, textOf } from "./source/tree.ts";
import { type Definition, definitionOf, type Site } from "./write/definition.ts";
import { serviceFile } from "./write/service-file.ts";

/** A SAM or Serverless file, and what stands around it. */
export interface Source {
  /** What it is called, as losses name it. */
  readonly file: string;
  readonly text: string;
  /** Of its folder, which a service without a name is called by. */
  readonly folderName: string;
  /** Reads another file of its folder, by a path from there. */
  readonly readFile: ReadFile;
  readonly hasFile: HasFile;
  /** What leads from where `service.ts` will be to the source's folder, such as `""` or `"../"`. */
  readonly toSource: string;
}

/** What has become of it. */
export interface Adoption {
  readonly format: "sam" | "serverless";
  readonly definition: Definition;
  /** `service.ts` */
  readonly text: string;
  /** What is not carried over, in the order of the source. */
  readonly losses: readonly Loss[];
  /** What only a human can say, as `lambdakit explain` will say it too. */
  readonly problems: readonly Problem[];
}

/**
 * Makes a manifest of a SAM template or a file of the Serverless Framework.
 *
 * @throws {LambdakitError} ADOPT_UNREADABLE, ADOPT_UNKNOWN_FORMAT
 */
export function adopt(source: Source, site: Site): Adoption {
  const written = readYaml(source.file, source.text);
  const ledger = new Ledger();
  const variables = new Variables(written, source.readFile);
  const format = isServerless(written) ? "serverless" : isTemplate(written) ? "sam" : undefined;
  if (format === undefined) throw unknownFormat(source.file);
  const isOther = textOf(childOf(written, "provider", "name")) ?? "aws";
  if (format === "serverless" && isOther !== "aws" && !isOther.includes("${")) {
    throw new LambdakitError("ADOPT_UNKNOWN_FORMAT", {
      message: `It is for ${isOther}, and lambdakit is for AWS.`,
      fix: "name a file whose provider is aws",
      at: source.file,
    });
  }
  const read =
    format === "serverless"
      ? readServerless(variables, written, source.hasFile, ledger)
      : readSam(written, source.hasFile, ledger);
  const service: AdoptedService = {
    ...read,
    name: read.name ?? kebabName(source.folderName),
    tables: withOwnKeys(read.tables),
    functions: withOwnKeys(read.functions.map((one) => ({ ...one, key: freeKey(one.key) }))),
  };
  const chosen = chooseTableVariables(service.functions, ledger);
  const losses = ledger.losses(variables.sources, (tree) => reasonFor(tree, source.file));
  const placed = {
    ...service,
    functions: service.functions.map((one) => ({ ...one, entry: source.toSource + one.entry })),
  };
  const definition = definitionOf(placed, chosen, site);
  const validation = validateManifest(definition);
  const missing = service.functions.flatMap(({ key, entry }): Problem[] =>
    source.hasFile(entry)
      ? []
      : [
          {
            code: "MANIFEST_FILE_NOT_FOUND",
            path: ["functions", key, "entry"],
            message: `there is no file ${source.toSource}${entry}`,
            fix: "write the path of a file, relative to service.ts",
          },
        ],
  );
  const found = [...(validation.ok ? [] : validation.problems), ...missing];
  const problems = found.map((one) => ({ ...one, fix: humanFix(one) ?? one.fix }));
  const text = serviceFile(definition, problems, source.file);
  return { format, definition, text, losses, problems };
}

/** What the source cannot say, and how to say it. */
function humanFix({ code, path }: Problem): string | undefined {
  if (code !== "MANIFEST_MISSING_KEY") return undefined;
  return fixes[String(path.at(-1))];
}

const fixes: Readonly<Record<string, string>> = {
  prefix: 'write prefix: "acme", your organisation\'s short name; or adopt with --prefix',
  accountId: "write accountId: and its twelve digits, in quotes; or adopt with --account",
  region: 'write region: "eu-west-1", or another; or adopt with --region',
  allowOrigins: 'write allowOrigins: ["https://shop.example.com"], or ["*"] for every page',
};

/** One name is taken by the function that checks callers' tokens. */
function freeKey(key: string): string {
  return key === "authorizer" ? "ownAuthorizer" : key;
}

function unknownFormat(file: string): LambdakitError {
  return new LambdakitError("ADOPT_UNKNOWN_FORMAT", {
    message:
      "It is neither a template with Resources, nor a Serverless file with service and provider.",
    fix: "lambdakit adopt template.yaml, or serverless.yml",
    at: file,
  });
}
