import { handlerExport } from "../../names.ts";
import type { Check } from "./check.ts";

/** Lambda calls what the module exports under this name, and says that it is missing only then. */
export const checkHandler: Check = async (artifacts) =>
  artifacts
    .filter(({ exports }) => !exports.includes(handlerExport))
    .map(({ key, entry, exports }) => ({
      code: "PACKAGE_NO_HANDLER",
      path: ["functions", key, "entry"],
      message: `${entry} exports ${exports.length === 0 ? "nothing" : exports.join(", ")}, and not "${handlerExport}"`,
      fix: `write export const ${handlerExport} = ... in ${entry}`,
    }));
