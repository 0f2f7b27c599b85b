import type { BundledFunction } from "../contents/contents.ts";
import { readPackages } from "../sbom/read-packages.ts";
import { noticesFile, thirdPartyNotices } from "./third-party-notices.ts";

/** A bundle that has the licences of its packages with it, and the files that they were read from. */
export interface NoticedFunction extends BundledFunction {
  /** Relative to the service's folder, with `/` between folders. */
  readonly licenceFiles: readonly string[];
}

/**
 * Puts into each function's zip the licences of the packages inside it, which minified code has lost: MIT, BSD, ISC and
 * Apache 2.0 all ask for them with every copy. A function without packages gets no file.
 */
export function addNotices(
  directory: string,
  bundles: readonly BundledFunction[],
): Promise<NoticedFunction[]> {
  return Promise.all(
    bundles.map(async (bundle) => {
      const packages = await readPackages(directory, [bundle]);
      const licenceFiles = packages.flatMap(({ folder, texts }) =>
        Object.keys(texts).map((name) => `${folder}/${name}`),
      );
      if (packages.length === 0) return { ...bundle, licenceFiles };
      const notices = new TextEncoder().encode(thirdPartyNotices(packages));
      return { ...bundle, files: { ...bundle.files, [noticesFile]: notices }, licenceFiles };
    }),
  );
}
