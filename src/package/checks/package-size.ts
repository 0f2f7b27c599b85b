import type { Problem } from "../../errors/index.ts";
import { lambdaLimits } from "../../manifest/index.ts";
import type { Artifact } from "../artifact.ts";
import { contributors } from "../contents/contributors.ts";
import { kilobytes } from "../contents/kilobytes.ts";
import type { Check } from "./check.ts";

/** How many of the biggest parts are named: enough to see where to begin. */
const named = 5;

/** Each zip fits its function's `maxPackageSizeKb`, and its files Lambda's limit. */
export const checkPackageSize: Check = async (artifacts, { maxPackageSizeKb }) =>
  artifacts.flatMap((artifact): Problem[] => {
    const { key, zip, files } = artifact;
    const most = maxPackageSizeKb[key] ?? lambdaLimits.zippedSizeMb * 1024;
    const unzipped = files.reduce((sum, { bytes }) => sum + bytes, 0);
    if (unzipped > lambdaLimits.unzippedSizeMb * 1024 * 1024) {
      return [
        tooLarge(
          artifact,
          `${kilobytes(unzipped)} unzipped, where Lambda allows ${lambdaLimits.unzippedSizeMb} MB`,
        ),
      ];
    }
    if (zip.length <= most * 1024) return [];
    return [tooLarge(artifact, `${kilobytes(zip.length)}, where maxPackageSizeKb allows ${most}`)];
  });

function tooLarge(artifact: Artifact, size: string): Problem {
  const parts = contributors(artifact);
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const lines = parts.slice(0, named).map(({ name, bytes }) => {
    const share = `${Math.round((bytes / total) * 100)} %`;
    return `\n      ${kilobytes(bytes).padStart(10)}  ${share.padStart(5)}  ${name}`;
  });
  return {
    code: "PACKAGE_TOO_LARGE",
    path: ["functions", artifact.key, "maxPackageSizeKb"],
    message: `the zip of "${artifact.key}" has ${size}. The biggest parts, unzipped:${lines.join("")}`,
    fix: `lambdakit package --why ${parts[0]?.name ?? artifact.entry}`,
  };
}
