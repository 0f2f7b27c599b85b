import path from "node:path";
import { readFolder, readTextFile } from "../../system/index.ts";

/** What a package may be used under. */
export interface Licence {
  /** As `package.json` says; `NOASSERTION`, SPDX's word, where it says nothing. */
  readonly licence: string;
  /** The texts that came with the package, by the names of their files. */
  readonly texts: Readonly<Record<string, string>>;
}

const licenceFile = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** Reads the licence of the package in a folder. */
export async function readLicence(folder: string, packageJson: unknown): Promise<Licence> {
  const names = (await readFolder(folder))
    .filter(({ name, isFolder }) => !isFolder && licenceFile.test(name))
    .map(({ name }) => name);
  const texts = names.map(
    async (name): Promise<[string, string]> => [name, await readTextFile(path.join(folder, name))],
  );
  return {
    licence: statedLicence(packageJson) ?? "NOASSERTION",
    texts: Object.fromEntries(await Promise.all(texts)),
  };
}

/** `license` is an SPDX expression today; old packages have an object, or a list of them. */
function statedLicence(packageJson: unknown): string | undefined {
  const { license, licenses } = Object(packageJson);
  const stated = [license, ...(Array.isArray(licenses) ? licenses : [licenses])]
    .map((one) => (typeof one === "string" ? one : Object(one).type))
    .filter((one): one is string => typeof one === "string" && one !== "");
  const [first, ...others] = [...new Set(stated)];
  return others.length === 0 ? first : `(${[first, ...others].join(" OR ")})`;
}

/**
 * Whether a text has the form of an SPDX licence expression. Whether its licences exist is not looked
 * up: the list grows every few months.
 *
 * @see https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 */
export function isExpression(licence: string): boolean {
  const term = String.raw`\(*(?!(?:SEE|UNLICENSED|NOASSERTION|NONE)\b)[A-Za-z0-9][A-Za-z0-9.+-]*(?: WITH [A-Za-z0-9.-]+)?\)*`;
  return new RegExp(`^${term}(?: (?:AND|OR) ${term})*$`).test(licence);
}
