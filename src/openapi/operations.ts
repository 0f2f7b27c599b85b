import { correlationHeader } from "../names.ts";
import type { ParameterPlan, RoutePlan } from "../plan/index.ts";
import type { ComponentSchemas } from "./component-schemas.ts";
import { pascalCase } from "./names.ts";
import type { Operation, Parameter, Reference } from "./types.ts";

/** A function's key, and where it has several routes, the route too: `list`, `listGetV10Products`. */
export function operationName({ function: key, method, path }: RoutePlan, alone: boolean): string {
  return alone ? key : `${key}${pascalCase(method.toLowerCase())}${pascalCase(path)}`;
}

/** What a request to a route has: parameters, and a body. */
export function routeRequest(
  route: RoutePlan,
  schemas: ComponentSchemas,
): Pick<Operation, "parameters" | "requestBody"> {
  const { body, example, parameters } = route;
  const stated = parameters.map((one) => parameter(one, route, schemas));
  const namesCorrelation = parameters.some(
    (one) => one.in === "header" && one.name.toLowerCase() === correlationHeader.toLowerCase(),
  );
  const name = `${pascalCase(route.function)}RequestBody`;
  return {
    parameters: [...stated, ...(namesCorrelation ? [] : [correlation])],
    ...(body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: schemas.reference(body, name),
                ...(example.body === null ? {} : { example: example.body }),
              },
            },
          },
        }),
  };
}

const correlation: Reference = { $ref: "#/components/parameters/CorrelationId" };

export function parameter(
  { in: place, name, required, schema: planned }: ParameterPlan,
  { function: key, example }: RoutePlan,
  schemas: ComponentSchemas,
): Parameter {
  const { description, ...schema } = schemas.inline(planned, `${pascalCase(key)}Parameter`);
  const examples: Readonly<Record<string, string>> =
    place === "header" ? {} : place === "path" ? example.pathParameters : example.query;
  return {
    name,
    in: place,
    ...(required ? { required } : {}),
    ...(typeof description === "string" ? { description } : {}),
    schema,
    ...(Object.hasOwn(examples, name) ? { example: examples[name] } : {}),
  };
}
