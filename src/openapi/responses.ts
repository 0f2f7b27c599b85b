import type { CorsPlan, ResponsePlan, RoutePlan } from "../plan/index.ts";
import type { ComponentSchemas } from "./component-schemas.ts";
import { functionHeaders, type KnownAnswer, problemContent } from "./known-answers.ts";
import { pascalCase } from "./names.ts";
import type { Content, Header, Reference, Response } from "./types.ts";

/** The answers of one route: those that its function states, and those that come whatever it does. */
export function routeResponses(
  route: RoutePlan,
  cors: CorsPlan,
  known: readonly KnownAnswer[],
  schemas: ComponentSchemas,
): Record<string, Response | Reference> {
  const responses: Record<string, Response | Reference> = Object.fromEntries(
    known.map(({ status, name }) => [status, { $ref: `#/components/responses/${name}` }]),
  );
  for (const response of route.responses) {
    const alsoKnown = known.find(({ status }) => status === response.status)?.response;
    responses[response.status] = stated(response, route.function, cors, alsoKnown, schemas);
  }
  if (route.responses.length === 0) {
    responses.default = { description: "The function's answer.", headers: functionHeaders(cors) };
  }
  return responses;
}

function stated(
  { status, description, headers, body }: ResponsePlan,
  functionKey: string,
  cors: CorsPlan,
  alsoKnown: Response | undefined,
  schemas: ComponentSchemas,
): Response {
  const name = `${pascalCase(functionKey)}${status}`;
  const ofErrors = status >= 400 ? problemContent : undefined;
  const own =
    body === null
      ? ofErrors
      : { "application/json": { schema: schemas.reference(body, `${name}Body`) } };
  const content = withBoth(own, alsoKnown?.content);
  // A status may come from the function and from API Gateway: only what both have is sure to be there.
  const always = Object.entries(functionHeaders(cors)).filter(
    ([name]) => alsoKnown === undefined || Object.hasOwn(alsoKnown.headers ?? {}, name),
  );
  return {
    description,
    headers: {
      ...Object.fromEntries(always),
      ...Object.fromEntries(
        headers.map((header): [string, Header] => {
          const { description, ...schema } = schemas.inline(header.schema, name);
          return [
            header.name,
            {
              ...(header.required ? { required: true } : {}),
              ...(typeof description === "string" ? { description } : {}),
              schema,
            },
          ];
        }),
      ),
    },
    ...(content === undefined ? {} : { content }),
  };
}

/** The bodies of the function and those of API Gateway. */
function withBoth(own: Content | undefined, known: Content | undefined): Content | undefined {
  if (own === undefined || known === undefined) return own ?? known;
  const both = Object.entries(known).map(([type, media]) => {
    const there = own[type];
    if (there === undefined || there === media) return [type, media];
    return [type, { schema: { anyOf: [there.schema, media.schema] } }];
  });
  return { ...own, ...Object.fromEntries(both) };
}
