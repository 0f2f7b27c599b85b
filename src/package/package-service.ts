import path from "node:path";
import { version as esbuildVersion } from "esbuild";
import { LambdakitError } from "../errors/index.ts";
import { packagedFunctions } from "../manifest/index.ts";
import { handlerExport } from "../names.ts";
import { digest, fileExists, readJsonFile, realFolder } from "../system/index.ts";
import { artifactModule } from "./artifact-bundle/bundle-artifacts.ts";
import { type BuildOptions, type BuiltArtifact, buildService } from "./build-service.ts";
import { checkArtifacts } from "./checks/check-artifacts.ts";
import { compilerFor } from "./code-cache/compiler-for.ts";
import { type WhyAnswer, whyInside } from "./contents/why-inside.ts";
import type { LoadedService } from "./load-service.ts";
import { type ArtifactList, describeArtifact, sourceMapsName } from "./publish/artifact-list.ts";
import { publishArtifacts, readList } from "./publish/publish-artifacts.ts";
import { thirdPartyNotices } from "./publish/third-party-notices.ts";
import { billOfMaterials } from "./sbom/bill-of-materials.ts";
import { readPackages, type ShippedPackage } from "./sbom/read-packages.ts";
import { type Step, Steps } from "./steps.ts";

export interface PackageOptions
  extends Pick<BuildOptions, "toolkitVersion" | "cache" | "findCompiler"> {
  /** @default `.lambdakit/artifacts` in the service's folder */
  readonly output?: string;
  readonly onStep: (step: Step) => void;
}

/** What was packaged, and where it lies. */
export interface PackagedService {
  readonly directory: string;
  readonly list: ArtifactList;
  /** By the function's key: against what was in the folder before. */
  readonly status: Readonly<Record<string, "new" | "changed" | "unchanged">>;
}

const sbomFile = "sbom.cdx.json";
const noticesFile = "THIRD-PARTY-NOTICES.txt";

/**
 * Turns each function of a service into a zip, with a list of what is inside and why, a bill of materials
 * and the licences. The same source gives the same bytes, on every machine. What has a problem is not
 * written.
 *
 * @throws {LambdakitError} BUNDLE_FAILED, PACKAGE_NOT_WRITTEN, PACKAGE_CODE_CACHE, DEV_RUNTIME_NOT_FOUND;
 *   PACKAGE_REFUSED with every problem
 */
export async function packageService(
  service: LoadedService,
  options: PackageOptions,
): Promise<PackagedService> {
  const { manifest } = service;
  const steps = new Steps(options.onStep);
  const directory = realFolder(service.directory);
  const { artifacts, inputDigests } = await build(service, options, steps);
  await check(service, artifacts);
  steps.done("checked what is inside");
  const packages = await readPackages(directory, artifacts);
  const documents = [
    { name: sbomFile, contents: await bill(service, options, artifacts, packages) },
    { name: noticesFile, contents: thirdPartyNotices(packages) },
  ] as const;
  const [sbom, notices] = documents.map(({ name, contents }) => ({
    file: name,
    sha256: digest(contents),
  })) as [ArtifactList["sbom"], ArtifactList["notices"]];
  const described = artifacts.map((artifact) => {
    const handler = `${artifactModule}.${handlerExport}`;
    const described = { ...artifact, handler, runtime: manifest.runtime };
    return [artifact.key, describeArtifact(described, packages)] as const;
  });
  const list = {
    service: manifest.name,
    madeBy: { lambdakit: options.toolkitVersion, esbuild: esbuildVersion },
    sbom,
    notices,
    inputs: Object.fromEntries(
      insideAny(artifacts).map((file): [string, string] => [file, inputDigests[file] ?? ""]),
    ),
    functions: Object.fromEntries(described),
  };
  const output = options.output ?? path.join(service.directory, ".lambdakit", "artifacts");
  const former = await readList(output);
  await publishArtifacts(output, list, [
    ...artifacts.flatMap((artifact) => [
      { name: `${artifact.name}.zip`, contents: artifact.zip },
      { name: sourceMapsName(artifact), contents: artifact.sourceMaps },
    ]),
    ...documents,
  ]);
  steps.done("listed what is inside, and wrote it down");
  return { directory: output, list, status: statusAgainst(former, list) };
}

/**
 * Says why a package or a file is inside a service's artifacts. Checks nothing, and writes nothing down.
 *
 * @throws {LambdakitError} BUNDLE_FAILED, PACKAGE_UNKNOWN_MODULE
 */
export async function explainModule(
  service: LoadedService,
  module: string,
  options: Omit<PackageOptions, "output">,
): Promise<WhyAnswer> {
  const { artifacts } = await build(service, options, new Steps(options.onStep));
  return whyInside(artifacts, module);
}

function insideAny(artifacts: readonly BuiltArtifact[]): string[] {
  const files = artifacts.flatMap(({ inputs }) =>
    inputs.filter(({ bytes }) => bytes > 0).map((input) => input.path),
  );
  return [...new Set(files)].sort();
}

function build({ directory, manifest }: LoadedService, options: PackageOptions, steps: Steps) {
  const functions = packagedFunctions(manifest)
    .map(({ key, entry, codeCache }) => ({ key, entry, runtime: manifest.runtime, codeCache }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  return buildService(realFolder(directory), functions, {
    ...options,
    findCompiler: compilerFor(manifest.architecture, options.findCompiler),
    steps,
  });
}

async function check(service: LoadedService, artifacts: readonly BuiltArtifact[]): Promise<void> {
  const { directory, manifest, file } = service;
  const maxPackageSizeKb = Object.fromEntries(
    packagedFunctions(manifest).map((one) => [one.key, one.maxPackageSizeKb]),
  );
  const problems = await checkArtifacts(artifacts, {
    directory: realFolder(directory),
    maxPackageSizeKb,
  });
  if (problems.length === 0) return;
  const lineOf = await service.readLines();
  throw new LambdakitError("PACKAGE_REFUSED", {
    message: `${manifest.name} is not packaged: it has ${problems.length} ${problems.length === 1 ? "problem" : "problems"}.`,
    fix: "see each problem",
    at: file,
    // What has no place in the source has one in the manifest.
    problems: problems.map((problem) => ({
      place: { file, line: lineOf(problem.path.join(".")), column: 1 },
      ...problem,
    })),
  });
}

async function bill(
  { directory, manifest }: LoadedService,
  { toolkitVersion }: PackageOptions,
  artifacts: readonly BuiltArtifact[],
  packages: readonly ShippedPackage[],
): Promise<string> {
  const file = path.join(directory, "package.json");
  const { version } = fileExists(file) ? Object(await readJsonFile(file)) : {};
  const named = { name: manifest.name, ...(typeof version === "string" ? { version } : {}) };
  const document = billOfMaterials({ service: named, toolkitVersion, artifacts, packages });
  return `${JSON.stringify(document, null, 2)}\n`;
}

function statusAgainst(former: ArtifactList | undefined, list: ArtifactList) {
  const statuses = Object.entries(list.functions).map(([key, { sha256 }]) => {
    const before = former?.functions[key]?.sha256;
    const status = before === undefined ? "new" : before === sha256 ? "unchanged" : "changed";
    return [key, status] as const;
  });
  return Object.fromEntries(statuses);
}
