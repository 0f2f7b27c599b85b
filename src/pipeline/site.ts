/** Where a service stands in its repository. Folders are from the root, with `/`; `.` is the root. */
export interface RepositorySite {
  /** The folder of `service.ts`. */
  readonly service: string;
  /** The folder of the `package-lock.json` that `npm ci` installs from. */
  readonly installation: string;
  /** The folder of lambdakit's own source, where that is in this repository; null where it is installed. */
  readonly toolkitSource: string | null;
}

/** `services/product/service.ts` */
export function inFolder(folder: string, file: string): string {
  return folder === "." ? file : `${folder}/${file}`;
}
