import type { ApiPlan, CorsPlan, PreflightPlan } from "../plan/index.ts";

const headers = [
  "Access-Control-Allow-Headers",
  "Access-Control-Allow-Methods",
  "Access-Control-Allow-Origin",
  "Access-Control-Max-Age",
];

/** What API Gateway has to be told of headers before it lets them through. */
export const preflightResponses = {
  200: {
    description: "What a browser may send",
    headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: "string" } }])),
  },
};

/** Literals are written in single quotes. */
const literal = (value: string) => `'${value}'`;

/**
 * The one origin that an answer can name which is made without looking at the request. Of several, it
 * is the first: scripts of the others cannot read the gateway's own errors. The alternative, to repeat
 * whatever origin has asked, would let everybody read them.
 */
export function staticOrigin({ allowOrigins }: CorsPlan): string {
  return literal(allowOrigins.includes("*") ? "*" : (allowOrigins[0] as string));
}

/**
 * `OPTIONS`, answered by the gateway itself. Where several origins are allowed, a template looks which
 * of them has asked.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function preflightIntegration(
  { allowMethods }: PreflightPlan,
  { cors, binaryMediaTypes }: ApiPlan,
): Readonly<Record<string, unknown>> {
  const isStatic = cors.allowOrigins.includes("*") || cors.allowOrigins.length === 1;
  return {
    type: "mock",
    passthroughBehavior: "when_no_match",
    // Else a body that counts as binary would not be understood as the template's JSON.
    ...(binaryMediaTypes.length === 0 ? {} : { contentHandling: "CONVERT_TO_TEXT" }),
    requestTemplates: { "application/json": '{"statusCode":200}' },
    responses: {
      default: {
        statusCode: "200",
        responseParameters: {
          "method.response.header.Access-Control-Allow-Headers": literal(
            cors.allowHeaders.join(","),
          ),
          "method.response.header.Access-Control-Allow-Methods": literal(allowMethods.join(",")),
          ...(isStatic
            ? { "method.response.header.Access-Control-Allow-Origin": staticOrigin(cors) }
            : {}),
          "method.response.header.Access-Control-Max-Age": literal(String(cors.maxAgeSeconds)),
        },
        responseTemplates: { "application/json": isStatic ? "" : originTemplate(cors) },
      },
    },
  };
}

/** Origins hold nothing that means something in a template: the manifest takes letters, digits and `:/.-`. */
function originTemplate({ allowOrigins }: CorsPlan): string {
  const known = allowOrigins.map((origin) => `$origin == "${origin}"`).join(" || ");
  return [
    '#set($origin = $input.params("Origin"))',
    '#if($origin == "")#set($origin = $input.params("origin"))#end',
    `#if(${known})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
  ].join("\n");
}
