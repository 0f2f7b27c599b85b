import {
  type Manifest,
  methodsWithBody,
  pathParametersOf,
  propertiesOf,
} from "../manifest/index.ts";
import type { ParameterPlan, ResponsePlan, RoutePlan } from "./types.ts";

type Schemas = Manifest["functions"][string]["schemas"];

/** What callers of one route send and get, as far as its function's schemas say so. */
export function planContract(
  method: string,
  path: string,
  { pathParameters = {}, query = {}, headers = {}, body, responses }: Schemas,
): Pick<RoutePlan, "parameters" | "body" | "responses"> {
  const stated = new Map(propertiesOf(pathParameters)?.map((one) => [one.name, one.schema]));
  return {
    parameters: [
      ...pathParametersOf(path).map(
        (name): ParameterPlan => ({
          in: "path",
          name,
          required: true,
          schema: stated.get(name) ?? { type: "string" },
        }),
      ),
      ...(propertiesOf(query) ?? []).map((one): ParameterPlan => ({ in: "query", ...one })),
      ...(propertiesOf(headers) ?? []).map((one): ParameterPlan => ({ in: "header", ...one })),
    ],
    body: methodsWithBody.includes(method) ? (body ?? null) : null,
    responses: Object.entries(responses).map(
      ([status, response]): ResponsePlan => ({
        status: Number(status),
        description: response.description,
        headers: propertiesOf(response.headers ?? {}) ?? [],
        body: response.body ?? null,
      }),
    ),
  };
}
