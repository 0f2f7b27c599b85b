import { fileURLToPath } from "node:url";

/** Stacks are cut off after ten frames, which a few helpers fill. */
const frames = 200;

/**
 * The file that a call comes from in the end: of all that are on the way, but for packages and the toolkit, the
 * outermost. Every test runner calls a test from a package of its own, or from Node.js.
 *
 * @param ours the folder of the toolkit's own files
 * @returns null where there is none, as where a test waits for a timer before it calls
 */
export function callingTest(ours: string): string | null {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = frames;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  return outermostFile(stack, ours);
}

/** @param stack as V8 writes it */
export function outermostFile(stack: string, ours: string): string | null {
  const files = stack.split("\n").flatMap((line) => {
    const place = placeOf(line);
    const file = place.startsWith("file://") ? fileURLToPath(place) : place;
    return file === "" ? [] : [file];
  });
  const own = files.filter(
    (file) => !/[\\/]node_modules[\\/]/.test(file) && !file.startsWith(ours),
  );
  return own.at(-1) ?? null;
}

const path = String.raw`((?:file:\/\/|\/|[A-Za-z]:\\).+?):\d+:\d+`;
const bare = new RegExp(`^\\s+at (?:async )?${path}$`);
const bracketed = new RegExp(`^\\s+at .*?\\(${path}\\)$`);

/** The file of a frame; nothing where it is none of the disk. A folder's name may have brackets, too. */
function placeOf(frame: string): string {
  return (bare.exec(frame) ?? bracketed.exec(frame))?.[1] ?? "";
}
