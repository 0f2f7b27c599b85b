import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { type ApiCall, apiEvent } from "./api-event.ts";
import { lambdaContext } from "./lambda-context.ts";

/** What a function's file exports. */
export type Handler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult>;

/** A handler's answer, with header names in lower case. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body from JSON; undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly body: any;
}

/** Calls a handler with a request, and reads its answer. */
export async function callHandler(handler: Handler, call: ApiCall): Promise<ApiAnswer> {
  const { statusCode, headers = {}, body } = await handler(apiEvent(call), lambdaContext());
  return {
    status: statusCode,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    body: body === "" ? undefined : JSON.parse(body),
  };
}
