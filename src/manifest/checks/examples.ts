import type { Problem } from "../../errors/index.ts";
import { pathParametersOf } from "../path-parameters.ts";
import type { Check } from "./check.ts";

/** An example has a value for each path parameter of its function's routes, so that its `curl` line works. */
export const checkExamples: Check = ({ functions = {} }, declared) =>
  Object.entries(functions).flatMap(([key, { routes = [] }]): Problem[] => {
    const parameters = new Set(routes.flatMap(pathParametersOf));
    const given = declared.exampleParameters.get(key) ?? [];
    const missing = [...parameters].filter((name) => !given.includes(name));
    if (missing.length === 0) return [];
    return [
      {
        code: "MANIFEST_EXAMPLE",
        path: ["functions", key, "example"],
        message: `its routes have ${missing.map((name) => `{${name}}`).join(", ")}, and the example gives no value`,
        fix: `add example: { pathParameters: { ${missing.map((name) => `${name}: "..."`).join(", ")} } }`,
      },
    ];
  });
