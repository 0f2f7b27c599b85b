import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { maxSourceBytes, type Source } from "../../adopt/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { fileExists, quoted, slashed } from "../../system/index.ts";

/**
 * A file to adopt, as it lies on the disk, with what it may read: files of its folder, and below.
 *
 * @param out the folder of the new `service.ts`
 * @throws {LambdakitError} ADOPT_NOT_FOUND, ADOPT_UNKNOWN_FORMAT for a program, ADOPT_UNREADABLE where it is too large
 */
export function openSource(file: string, out: string): Source {
  const absolute = path.resolve(file);
  if (!fileExists(absolute)) {
    throw new LambdakitError("ADOPT_NOT_FOUND", {
      message: `There is no file ${file}.`,
      fix: "lambdakit adopt template.yaml, or serverless.yml",
      at: absolute,
    });
  }
  if (/\.[cm]?[jt]s$/.test(absolute)) {
    throw new LambdakitError("ADOPT_UNKNOWN_FORMAT", {
      message: `${file} is a program: what it says is only known by running it.`,
      fix: "npx serverless print --format yaml > serverless.yml, and adopt that",
      at: absolute,
    });
  }
  const { size } = statSync(absolute);
  if (size > maxSourceBytes) {
    throw new LambdakitError("ADOPT_UNREADABLE", {
      message: `It has ${size} bytes, and a template at most ${maxSourceBytes}.`,
      fix: `name the template itself: lambdakit adopt ${quoted(file)} takes what was not packaged`,
      at: absolute,
    });
  }
  const folder = realpathSync(path.dirname(absolute));
  const inFolder = (one: string) => fileInside(folder, one);
  const fromOut = slashed(path.relative(out, path.dirname(absolute)));
  return {
    file: path.basename(absolute),
    text: readFileSync(absolute, "utf8"),
    folderName: path.basename(path.dirname(absolute)),
    readFile: (one) => {
      const found = inFolder(one);
      if (found === undefined || statSync(found).size > maxSourceBytes) return undefined;
      return readFileSync(found, "utf8");
    },
    hasFile: (one) => inFolder(one) !== undefined,
    toSource: fromOut === "" ? "" : `${fromOut}/`,
  };
}

/** A file of the folder, whatever links lead to it; undefined where it is elsewhere, or not there. */
function fileInside(folder: string, name: string): string | undefined {
  const file = path.join(folder, name);
  if (!fileExists(file)) return undefined;
  const real = realpathSync(file);
  return real.startsWith(folder + path.sep) ? real : undefined;
}
