import type { FileFacts, Subject, TextFile } from "./facts.ts";
import { lineAt } from "./line-at.ts";

/** Of a `package.json`, or of an entry of `package-lock.json`, which has the same words and more. */
export interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly dev?: boolean;
}

/** What npm reads of the service's installation. What is not JSON is not there: npm says so itself. */
export function installedFiles(
  { files }: FileFacts,
  { folder, installation }: Subject,
): {
  readonly manifest: TextFile | undefined;
  readonly lock: TextFile | undefined;
  /** With the key of each in `package-lock.json`: that of the installation, and of the service. */
  readonly manifests: readonly {
    readonly path: string;
    readonly key: string;
    readonly json: PackageJson;
    readonly file: TextFile;
  }[];
} {
  const find = (path: string) => files.find((file) => file.path === path);
  const root = inFolder(installation, "package.json");
  const own = inFolder(folder, "package.json");
  const manifests = [...new Set([root, own])].flatMap((path) => {
    const file = find(path);
    const json = file && readJson(file.text);
    const key = path === root ? "" : withoutFolder(folder, installation);
    return file === undefined || json === undefined ? [] : [{ path, key, json, file }];
  });
  return {
    manifest: find(own) ?? find(root),
    lock: find(inFolder(installation, "package-lock.json")),
    manifests,
  };
}

/** The entries of `package-lock.json` by their keys; none where it cannot be read. */
export function installed(text: string): ReadonlyMap<string, PackageJson> {
  const { packages = {} } = (readJson(text) ?? {}) as { packages?: Record<string, PackageJson> };
  return new Map(Object.entries(packages));
}

/** `node_modules/a/node_modules/@b/c` is an entry of `@b/c`; undefined for one that npm has not installed. */
export function packageName(key: string): string | undefined {
  const at = key.lastIndexOf("node_modules/");
  return at === -1 ? undefined : key.slice(at + "node_modules/".length);
}

/** The line of a key in a JSON document, the first of that name; 1 where it is not there. */
export function lineOfKey(text: string, key: string): number {
  const at = text.indexOf(`${JSON.stringify(key)}:`);
  return at === -1 ? 1 : lineAt(text, at);
}

export function inFolder(folder: string, file: string): string {
  return folder === "." ? file : `${folder}/${file}`;
}

function withoutFolder(path: string, folder: string): string {
  return folder === "." ? path : path.slice(folder.length + 1);
}

function readJson(text: string): PackageJson | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as PackageJson) : undefined;
  } catch {
    return undefined;
  }
}
