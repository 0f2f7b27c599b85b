import path from "node:path";
import type { Problem } from "../../errors/index.ts";
import { nearestFolderWith, readJsonFile } from "../../system/index.ts";
import type { BundleInput, PackageId } from "../contents/contents.ts";
import { placeOfImport } from "../contents/place-of-import.ts";
import type { Check } from "./check.ts";

/**
 * Packages that the service imports itself, and that are inside an artifact, are listed as what they
 * are. A development dependency is not there after `npm ci --omit=dev`; one that nobody lists comes and
 * goes with the package that brought it.
 */
export const checkListedPackages: Check = async (artifacts, { directory }) => {
  const lists = await packageLists(directory);
  if (lists.length === 0) return [];
  const problems = new Map<string, Problem>();
  for (const { key, inputs } of artifacts) {
    const byPath = new Map(inputs.map((input) => [input.path, input]));
    const inside = new Set(inputs.filter(({ bytes }) => bytes > 0).map(folderOf));
    const own = inputs.filter((one) => one.package === undefined);
    for (const { path: importer, imports } of own) {
      for (const { path: imported, specifier } of imports) {
        const id = byPath.get(imported)?.package;
        if (id === undefined || !inside.has(id.folder)) continue;
        const name = installedName(id);
        const listed = lists.some((list) => list.shipped.has(name));
        if (listed || problems.has(name)) continue;
        const place = await placeOfImport(path.join(directory, importer), specifier);
        const isForDevelopment = lists.some((list) => list.development.has(name));
        const where = { path: ["functions", key], place };
        problems.set(name, isForDevelopment ? forDevelopment(name, where) : unlisted(name, where));
      }
    }
  }
  return [...problems.values()];
};

type Where = Pick<Problem, "path" | "place">;

function forDevelopment(name: string, where: Where): Problem {
  return {
    code: "PACKAGE_DEV_DEPENDENCY",
    ...where,
    message: `${name} is inside the artifact, and package.json lists it under devDependencies only`,
    fix: `npm install --save ${name}`,
  };
}

function unlisted(name: string, where: Where): Problem {
  return {
    code: "PACKAGE_UNLISTED",
    ...where,
    message: `${name} is inside the artifact, and no package.json of the service lists it`,
    fix: `npm install --save ${name}`,
  };
}

function folderOf(input: BundleInput): string | undefined {
  return input.package?.folder;
}

/** What it is installed as, which may be another name than its own. */
function installedName({ name, folder }: PackageId): string {
  return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(folder)?.[1] ?? name;
}

interface PackageList {
  readonly shipped: ReadonlySet<string>;
  readonly development: ReadonlySet<string>;
}

/** Of the `package.json` beside `service.ts` or next above it, and of those further up, down to the workspace's. */
async function packageLists(directory: string): Promise<PackageList[]> {
  const folder = nearestFolderWith("package.json", directory);
  if (folder === undefined) return [];
  const list = Object(await readJsonFile(path.join(folder, "package.json")).catch(() => ({})));
  const names = (...keys: string[]) =>
    new Set(keys.flatMap((key) => Object.keys(Object(list[key]))));
  return [
    {
      shipped: names("dependencies", "optionalDependencies", "peerDependencies"),
      development: names("devDependencies"),
    },
    ...(list.workspaces === undefined ? await packageLists(path.dirname(folder)) : []),
  ];
}
