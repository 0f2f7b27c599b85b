import { digest } from "../../system/index.ts";
import type { Artifact } from "../artifact.ts";
import { isExpression } from "./licence.ts";
import { packageUrl } from "./package-url.ts";
import type { ShippedPackage } from "./read-packages.ts";

export interface BillInput {
  /** The service's name and, where its `package.json` has one, its version. */
  readonly service: { readonly name: string; readonly version?: string };
  readonly toolkitVersion: string;
  readonly artifacts: readonly Artifact[];
  readonly packages: readonly ShippedPackage[];
}

/**
 * The software bill of materials of a service: its artifacts, the packages inside each, and what
 * depends on what. It has no time and no random number, so that the same artifacts have the same bill.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function billOfMaterials(input: BillInput): object {
  const { service, toolkitVersion, artifacts, packages } = input;
  const importedBy = packageImports(artifacts);
  const references = new Map(packages.map((one) => [one.folder, packageReference(one)]));
  /** A package of which nothing is left has passed on what others have: these are meant. */
  const dependenciesOf = (importer: string) => {
    const found = new Set(importedBy.get(importer));
    for (const folder of found) {
      if (!references.has(folder)) for (const one of importedBy.get(folder) ?? []) found.add(one);
    }
    return [...found].flatMap((folder) => references.get(folder) ?? []).sort();
  };
  const bill = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "application", "bom-ref": `service:${service.name}`, ...service },
      tools: {
        components: [{ type: "application", name: "lambdakit", version: toolkitVersion }],
      },
    },
    components: [...artifacts.map(artifactComponent), ...packages.map(packageComponent)],
    dependencies: [
      {
        ref: `service:${service.name}`,
        dependsOn: artifacts.map(artifactReference).sort(),
      },
      ...artifacts.map((artifact) => ({
        ref: artifactReference(artifact),
        dependsOn: dependenciesOf(artifactReference(artifact)),
      })),
      ...packages.map((one) => ({
        ref: packageReference(one),
        dependsOn: dependenciesOf(one.folder).filter((other) => other !== packageReference(one)),
      })),
    ],
  };
  // In the place where readers of the format expect it.
  const { bomFormat, specVersion, ...rest } = bill;
  return { bomFormat, specVersion, serialNumber: serialNumber(bill), ...rest };
}

/** The folders of the packages that each package imports, by its folder, and each artifact's own files. */
function packageImports(artifacts: readonly Artifact[]): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const artifact of artifacts) {
    const { inputs } = artifact;
    const folders = new Map(inputs.map((one) => [one.path, one.package?.folder]));
    for (const { package: from, imports } of inputs) {
      const folder = from?.folder;
      const importer = folder ?? artifactReference(artifact);
      const imported = all.get(importer) ?? new Set();
      all.set(importer, imported);
      for (const { path } of imports) {
        const other = folders.get(path);
        if (other !== undefined && other !== folder) imported.add(other);
      }
    }
  }
  return all;
}

function artifactReference({ key }: Artifact): string {
  return `artifact:${key}`;
}

function artifactComponent(artifact: Artifact) {
  return {
    type: "file",
    "bom-ref": artifactReference(artifact),
    name: `${artifact.name}.zip`,
    hashes: [{ alg: "SHA-256", content: artifact.sha256 }],
  };
}

/** Two copies of one version are two components; their folders tell them apart. */
function packageReference({ name, version, folder }: ShippedPackage): string {
  const isNested = folder.split("node_modules/").length > 2;
  return packageUrl(name, version) + (isNested ? `#${folder}` : "");
}

function packageComponent(one: ShippedPackage) {
  const { name, version, licence, texts, sha512 } = one;
  const [, group, ownName = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  const [text] = Object.keys(texts);
  const known = isExpression(licence) ? licence : undefined;
  const named = licence === "NOASSERTION" ? text : licence;
  return {
    type: "library",
    "bom-ref": packageReference(one),
    ...(group === undefined ? {} : { group }),
    name: ownName,
    version,
    ...(sha512 === undefined ? {} : { hashes: [{ alg: "SHA-512", content: sha512 }] }),
    ...(known !== undefined ? { licenses: [{ expression: known }] } : {}),
    ...(known === undefined && named !== undefined
      ? { licenses: [{ license: { name: named } }] }
      : {}),
    purl: packageUrl(name, version),
  };
}

/** A UUID of version 8, RFC 9562's for what is not random: the content's own. */
function serialNumber(bill: object): string {
  const hex = digest(JSON.stringify(bill));
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(18, 20),
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join("-")}`;
}
