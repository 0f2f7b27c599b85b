import { nearest, type Problem } from "../../errors/index.ts";
import { propertiesOf } from "../json-schema.ts";
import { methodsWithBody } from "../methods.ts";
import { pathParametersOf } from "../path-parameters.ts";
import type { Check } from "./check.ts";

/** What a schema describes is there: each path parameter in a route, and a method that has a body. */
export const checkSchemas: Check = ({ functions = {} }) =>
  Object.entries(functions).flatMap(([key, { routes = [], schemas }]): Problem[] => {
    const path = ["functions", key, "schemas"];
    const problems: Problem[] = [];
    const parameters = routes.flatMap(pathParametersOf);
    for (const { name } of propertiesOf(schemas?.pathParameters ?? {}) ?? []) {
      if (parameters.includes(name)) continue;
      const near = nearest(name, parameters);
      problems.push({
        code: "MANIFEST_SCHEMA_UNUSED",
        path: [...path, "pathParameters", name],
        message: `no route of "${key}" has {${name}}`,
        fix: near === undefined ? `remove it, or add a route with {${name}}` : `write ${near}`,
      });
    }
    const hasBody = routes.some((route) =>
      methodsWithBody.some((method) => route.startsWith(`${method} `)),
    );
    if (schemas?.body !== undefined && !hasBody) {
      problems.push({
        code: "MANIFEST_SCHEMA_UNUSED",
        path: [...path, "body"],
        message: `no route of "${key}" has a method with a body`,
        fix: `remove it, or add a route with ${methodsWithBody.join(", ")}`,
      });
    }
    return problems;
  });
