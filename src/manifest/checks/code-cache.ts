import type { Problem } from "../../errors/index.ts";
import { defaults } from "../defaults.ts";
import { runtimesWithCodeCache } from "../facts.ts";
import type { Check } from "./check.ts";

/** A code cache is asked for only where it is taken: elsewhere it would be weight, and nothing else. */
export const checkCodeCache: Check = ({
  runtime = defaults.runtime,
  codeCache,
  functions = {},
}) => {
  if (runtimesWithCodeCache.includes(runtime)) return [];
  const asked = [
    ...(codeCache ? [["codeCache"]] : []),
    ...Object.entries(functions).flatMap(([key, one]) =>
      one.codeCache ? [["functions", key, "codeCache"]] : [],
    ),
  ];
  return asked.map(
    (path): Problem => ({
      code: "MANIFEST_CODE_CACHE",
      path,
      message: `the runtime is ${runtime}, whose Node.js refuses a code cache that was made with another size of the heap; Lambda sets that size by memoryMb`,
      fix: `write runtime: "${runtimesWithCodeCache.join('" or "')}", or leave codeCache out`,
    }),
  );
};
