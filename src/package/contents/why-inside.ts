import { LambdakitError, nearest } from "../../errors/index.ts";
import type { BundleInput, Contents } from "./contents.ts";
import { importChains } from "./import-chain.ts";

/** A package or a file, in all functions that reach it. */
export interface WhyAnswer {
  /** As it was found: `zod 4.6.7`, or a file. */
  readonly module: string;
  readonly functions: readonly Presence[];
}

/** In one function. */
export interface Presence {
  readonly function: string;
  /** What is left of it in the function's artifact; 0 where all of it was left out. */
  readonly bytes: number;
  /** The shortest way from the function's file to it. */
  readonly chain: readonly string[];
}

/**
 * Says which functions' artifacts hold a module, and by which imports.
 *
 * @param module a package's name, or a file as `artifacts.json` names it
 * @throws {LambdakitError} PACKAGE_UNKNOWN_MODULE
 */
export function whyInside(
  artifacts: readonly (Contents & { readonly key: string })[],
  module: string,
): WhyAnswer {
  const isMeant = (input: BundleInput) => namesOf(input).includes(module);
  const inside = artifacts.flatMap(({ inputs }) => inputs.filter(isMeant));
  const [first] = inside;
  if (first === undefined) throw unknown(artifacts, module);
  const id = first.package;
  return {
    module: id?.name === module ? `${module} ${versions(inside).join(", ")}` : first.path,
    functions: artifacts.flatMap((artifact): Presence[] => {
      const chain = importChains(artifact)(isMeant);
      if (chain === undefined) return [];
      const bytes = artifact.inputs.filter(isMeant).reduce((sum, input) => sum + input.bytes, 0);
      return [{ function: artifact.key, bytes, chain }];
    }),
  };
}

/** What a file can be asked for by: its path, its package, and its path below that package's name. */
function namesOf({ path, package: id }: BundleInput): string[] {
  if (id === undefined) return [path];
  return [path, id.name, `${id.name}@${id.version}`, id.name + path.slice(id.folder.length)];
}

function versions(inputs: readonly BundleInput[]): string[] {
  return [...new Set(inputs.map((input) => input.package?.version ?? ""))].sort();
}

function unknown(artifacts: readonly Contents[], module: string): LambdakitError {
  const known = new Set(artifacts.flatMap(({ inputs }) => inputs.flatMap(namesOf)));
  const near = nearest(module, known);
  const meant = near === undefined ? "" : ` Did you mean ${near}?`;
  const [example = "MODULE"] = [...known].filter((name) => !name.includes("node_modules")).sort();
  return new LambdakitError("PACKAGE_UNKNOWN_MODULE", {
    message: `No function's imports reach "${module}".${meant}`,
    fix: `lambdakit package --why ${near ?? example}`,
    at: module,
  });
}
