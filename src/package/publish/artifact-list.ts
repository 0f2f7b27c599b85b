import { digest } from "../../system/index.ts";
import type { Artifact } from "../artifact.ts";
import { importChains } from "../contents/import-chain.ts";
import type { ShippedPackage } from "../sbom/read-packages.ts";

/** What `artifacts.json` says: what there is, what is inside, and why. */
export interface ArtifactList {
  readonly service: string;
  readonly madeBy: { readonly lambdakit: string; readonly esbuild: string };
  /** What is said of all artifacts together, beside them. */
  readonly sbom: FileDigest;
  readonly notices: FileDigest;
  /** SHA-256 of every source file that is inside any of them, packages' too. */
  readonly inputs: Readonly<Record<string, string>>;
  /** By the function's key in the manifest. */
  readonly functions: Readonly<Record<string, ListedArtifact>>;
}

export interface FileDigest {
  readonly file: string;
  readonly sha256: string;
}

export interface ListedArtifact {
  readonly zip: string;
  /** Of the zip, in hexadecimal digits; it is in the zip's name too. */
  readonly sha256: string;
  /** The same in base64, which is what Lambda (`CodeSha256`) and Terraform (`source_code_hash`) have. */
  readonly sourceCodeHash: string;
  readonly zippedBytes: number;
  readonly unzippedBytes: number;
  readonly handler: string;
  readonly runtime: string;
  readonly files: readonly {
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly sourceMaps: FileDigest;
  /** Where its packages are compiled: the one Node.js that takes them so. Any other compiles them anew. */
  readonly codeCache?: { readonly node: string; readonly architecture: string };
  /** The packages inside, and the shortest way from the function's file to each. */
  readonly packages: readonly ListedPackage[];
  /** The source files inside, packages' too, and how many bytes are left of each. */
  readonly inputs: Readonly<Record<string, number>>;
}

export interface ListedPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly bytes: number;
  readonly why: readonly string[];
}

/** An artifact with all that is said of it. */
export interface DescribedArtifact extends Artifact {
  readonly handler: string;
  readonly runtime: string;
  /** The source maps of its files, zipped. */
  readonly sourceMaps: Uint8Array;
}

export const sourceMapsName = ({ name }: Pick<Artifact, "name">) => `${name}.maps.zip`;

export function describeArtifact(
  artifact: DescribedArtifact,
  packages: readonly ShippedPackage[],
): ListedArtifact {
  const inside = artifact.inputs.filter(({ bytes }) => bytes > 0);
  const bytesOf = new Map<string | undefined, number>();
  for (const { bytes, package: from } of inside) {
    bytesOf.set(from?.folder, (bytesOf.get(from?.folder) ?? 0) + bytes);
  }
  const chainTo = importChains(artifact);
  return {
    zip: `${artifact.name}.zip`,
    sha256: artifact.sha256,
    sourceCodeHash: Buffer.from(artifact.sha256, "hex").toString("base64"),
    zippedBytes: artifact.zip.length,
    unzippedBytes: artifact.files.reduce((sum, { bytes }) => sum + bytes, 0),
    handler: artifact.handler,
    runtime: artifact.runtime,
    files: artifact.files,
    sourceMaps: { file: sourceMapsName(artifact), sha256: digest(artifact.sourceMaps) },
    ...(artifact.codeCache && { codeCache: artifact.codeCache }),
    packages: packages.flatMap(({ name, version, licence, folder }): ListedPackage[] => {
      const bytes = bytesOf.get(folder);
      if (bytes === undefined) return [];
      const why = chainTo((input) => input.package?.folder === folder) ?? [];
      return [{ name, version, licence, bytes, why }];
    }),
    inputs: Object.fromEntries(inside.map(({ path, bytes }) => [path, bytes])),
  };
}
