import path from "node:path";
import { nearestFolderWith, readJsonFile, slashed } from "../../system/index.ts";
import type { Contents, PackageId } from "../contents/contents.ts";
import { type Licence, readLicence } from "./licence.ts";

/** A package that is inside at least one artifact. */
export interface ShippedPackage extends PackageId, Licence {
  /** SHA-512 of the package as the registry has it, in hexadecimal digits, where `package-lock.json` says so. */
  readonly sha512?: string;
}

/** Reads what `package.json`, the licence files and `package-lock.json` say of the packages inside, by folder. */
export async function readPackages(
  directory: string,
  artifacts: readonly Pick<Contents, "inputs">[],
): Promise<ShippedPackage[]> {
  const ids = new Map<string, PackageId>();
  for (const { inputs } of artifacts) {
    for (const { bytes, package: id } of inputs) if (id && bytes > 0) ids.set(id.folder, id);
  }
  const sha512Of = await lockedDigests(directory);
  const packages = [...ids.values()].map(async (id): Promise<ShippedPackage> => {
    const folder = path.join(directory, id.folder);
    const packageJson = await readJsonFile(path.join(folder, "package.json")).catch(() => ({}));
    const sha512 = sha512Of(folder);
    return {
      ...id,
      ...(await readLicence(folder, packageJson)),
      ...(sha512 === undefined ? {} : { sha512 }),
    };
  });
  return (await Promise.all(packages)).sort(byNameAndVersion);
}

function byNameAndVersion(one: ShippedPackage, other: ShippedPackage): number {
  const [a, b] = [one, other].map(({ name, version, folder }) => `${name}\n${version}\n${folder}`);
  return (a ?? "") < (b ?? "") ? -1 : 1;
}

async function lockedDigests(directory: string): Promise<(folder: string) => string | undefined> {
  const root = nearestFolderWith("package-lock.json", directory);
  if (root === undefined) return () => undefined;
  const lock = Object(await readJsonFile(path.join(root, "package-lock.json")).catch(() => ({})));
  return (folder) => {
    const key = slashed(path.relative(root, folder));
    const { integrity } = Object(Object(lock.packages)[key]);
    const [, base64] = /^sha512-([A-Za-z0-9+/]+=*)$/.exec(String(integrity)) ?? [];
    return base64 === undefined ? undefined : Buffer.from(base64, "base64").toString("hex");
  };
}
