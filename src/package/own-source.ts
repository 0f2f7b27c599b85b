import { fileURLToPath } from "node:url";

/** `.ts` while the toolkit runs from its source, `.js` once it is built. */
const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** One of the toolkit's own modules, by its path below `src/` and without its extension. */
export function ownModule(name: string): string {
  return fileURLToPath(new URL(`../${name}.${extension}`, import.meta.url));
}

/** So that a service gets the toolkit that is running, and not another copy of it. */
export const ownConditions = extension === "ts" ? ["lambdakit:source"] : [];
