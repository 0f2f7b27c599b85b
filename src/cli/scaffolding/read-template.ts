import path from "node:path";
import { ownTemplate } from "../../package/index.ts";
import { type Files, templateFiles, type Versions } from "../../scaffold/index.ts";
import { readJsonFile, readTextFile } from "../../system/index.ts";

interface PackageJson {
  readonly version: string;
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
}

/** The Product service's source, which new services are made from. */
export async function readTemplate(): Promise<Files> {
  const texts = templateFiles.map(
    async (file) => [file, await readTextFile(path.join(ownTemplate, file))] as const,
  );
  return new Map(await Promise.all(texts));
}

/** The packages that the toolkit and the Product service are tested with, and the toolkit itself. */
export async function readVersions(): Promise<Versions> {
  const [toolkit, product] = await Promise.all([
    readJsonFile(path.join(ownTemplate, "../../package.json")) as Promise<PackageJson>,
    readJsonFile(path.join(ownTemplate, "package.json")) as Promise<PackageJson>,
  ]);
  return {
    ...toolkit.devDependencies,
    ...product.dependencies,
    lambdakit: toolkit.version,
  };
}
