import type { RepositorySite } from "../pipeline/index.ts";

/** Where things are, from the folder that an editor opens: the repository's, or else the service's. */
export interface Site extends RepositorySite {
  /** The folder that `lambdakit` is installed in, such as `node_modules/lambdakit`. */
  readonly toolkit: string;
  /** What formats and lints the repository, by its settings at the root; null where that is none that is known. */
  readonly formatter: "biome" | null;
}

/** A file that is derived from a service. */
export interface GeneratedFile {
  /** From the folder that an editor opens, with `/`. */
  readonly path: string;
  /** Other files and folders that are for the same. Where there is one, it is somebody's own, and this is not written. */
  readonly instead?: readonly string[];
  /**
   * @param current what the file says now; undefined where there is none
   * @throws {LambdakitError} GENERATE_UNREADABLE where that cannot be understood
   */
  render(current: string | undefined): Rendered;
}

export interface Rendered {
  readonly text: string;
  /** What is not as it should be, in a few words each. Where the text stays all the same, it is a person's. */
  readonly differences: readonly string[];
}

/** What is there for the same, and makes a file that is missing none that is missed; undefined where nothing is. */
export function standInFor(
  { path, instead = [] }: GeneratedFile,
  isThere: (path: string) => boolean,
): string | undefined {
  return isThere(path) ? undefined : instead.find(isThere);
}
