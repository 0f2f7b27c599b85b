import { correlationHeader } from "../names.ts";
import type { ApiPlan, CorsPlan, JsonSchema } from "../plan/index.ts";
import { pointer } from "./component-schemas.ts";
import type { Header, Parameter, Reference, Response } from "./types.ts";

/** What `lambdakit/runtime` answers to every error. @see https://www.rfc-editor.org/rfc/rfc9457 */
const problem: JsonSchema = {
  type: "object",
  description: "What went wrong.",
  properties: {
    type: { type: "string", const: "about:blank" },
    title: { type: "string", description: "What the status means." },
    status: { type: "integer" },
    detail: { type: "string", description: "What went wrong with this request." },
    errors: {
      type: "array",
      description: "One entry for each field, header or parameter that is wrong.",
      items: {
        type: "object",
        properties: {
          field: { type: "string", description: "Such as features[2], If-Match or body." },
          message: { type: "string" },
        },
        required: ["field", "message"],
        additionalProperties: false,
      },
    },
    requestId: { type: "string", description: "To be quoted when the error is reported." },
  },
  required: ["type", "title", "status", "detail", "errors", "requestId"],
  additionalProperties: false,
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const gatewayError: JsonSchema = {
  type: "object",
  description: "What API Gateway answers when no function did.",
  properties: { message: { type: ["string", "null"] } },
  required: ["message"],
};

export const knownSchemas = { GatewayError: gatewayError, Problem: problem };

export const problemContent = { "application/problem+json": { schema: ref("Problem") } };

const gatewayContent = { "application/json": { schema: ref("GatewayError") } };

export const correlationParameter: Parameter = {
  name: correlationHeader,
  in: "header",
  description: "Ties the log lines of one user action together, over all services.",
  schema: { type: "string", pattern: "^[\\w.:/+=@-]{1,128}$" },
};

/** The headers that every answer may have. */
export function knownHeaders(cors: CorsPlan): Record<string, Header> {
  const any = cors.allowOrigins.includes("*");
  return {
    AccessControlAllowOrigin: {
      ...(any ? { required: true } : {}),
      description: "The origin whose scripts may read this answer.",
      schema: { type: "string", enum: any ? ["*"] : cors.allowOrigins },
    },
    ...(cors.exposeHeaders.length === 0
      ? {}
      : {
          AccessControlExposeHeaders: {
            required: true,
            description: "The headers that a script may read.",
            schema: { type: "string", const: cors.exposeHeaders.join(",") },
          },
        }),
    CorrelationId: {
      required: true,
      description: "The caller's, or the id of the request.",
      schema: { type: "string" },
    },
    ErrorType: {
      required: true,
      description: "API Gateway's name for the error.",
      schema: { type: "string" },
    },
  };
}

/** Of the answers that `lambdakit/runtime` makes. */
export function functionHeaders({ exposeHeaders }: CorsPlan): Record<string, Reference> {
  return {
    "Access-Control-Allow-Origin": headerRef("AccessControlAllowOrigin"),
    ...(exposeHeaders.length === 0
      ? {}
      : { "Access-Control-Expose-Headers": headerRef("AccessControlExposeHeaders") }),
    [correlationHeader]: headerRef("CorrelationId"),
  };
}

/** Of the answers that API Gateway makes itself. */
export const gatewayHeaders: Readonly<Record<string, Reference>> = {
  "Access-Control-Allow-Origin": headerRef("AccessControlAllowOrigin"),
  "x-amzn-ErrorType": headerRef("ErrorType"),
};

/** An answer that no manifest has to state. */
export interface KnownAnswer {
  readonly status: number;
  /** Its name among the components. */
  readonly name: string;
  readonly response: Response;
}

/** The answers that come whatever a function does, in the order of their status. */
export function knownAnswers({ cors, authorizer }: ApiPlan): KnownAnswer[] {
  const ofGateway = (status: number, name: string, description: string): KnownAnswer => ({
    status,
    name,
    response: { description, headers: gatewayHeaders, content: gatewayContent },
  });
  const unauthorized = ofGateway(401, "Unauthorized", "There is no token, or not a good one.");
  return [
    ...(authorizer === null ? [] : [unauthorized]),
    ofGateway(403, "Forbidden", "API Gateway refuses the request."),
    ofGateway(413, "RequestTooLarge", "The request is larger than API Gateway takes."),
    ofGateway(429, "TooManyRequests", "Too many requests at once. Try again later."),
    {
      status: 500,
      name: "InternalServerError",
      response: {
        description: "Something went wrong that is not the caller's fault.",
        headers: functionHeaders(cors),
        content: problemContent,
      },
    },
    ofGateway(502, "BadGateway", "The function failed before it could answer."),
    ofGateway(504, "GatewayTimeout", "The function did not answer in time."),
  ];
}

function ref(schema: string): JsonSchema {
  return { $ref: pointer(schema) };
}

function headerRef(header: string): Reference {
  return { $ref: `#/components/headers/${header}` };
}
