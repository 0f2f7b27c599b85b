/**
 * What ships inside a function.
 *
 * Takes API Gateway's proxy event (REST, payload version 1). Gives the parsed request to a handler and
 * turns what the handler returns, or throws, into an answer. Its one rule: it is light. It imports
 * nothing but `names` and Node, because every kilobyte is paid for at each cold start.
 */
export type { Caller } from "./caller.ts";
export { defineMetric, type MetricOptions, type MetricUnit } from "./define-metric.ts";
export { entityTag, type IfMatch, ifMatch } from "./entity-tag.ts";
export { type FieldError, HttpError, type HttpErrorOptions } from "./http-error.ts";
export { type HandlerOptions, httpHandler, type ProxyHandler } from "./http-handler.ts";
export type { Log } from "./log.ts";
export type { Metric, Metrics } from "./metrics.ts";
export { readPageToken, signPageToken } from "./page-token.ts";
export { type PrimeOptions, prime } from "./prime.ts";
export type { ApiRequest } from "./request.ts";
export { type ApiResponse, created, noContent, ok } from "./response.ts";
export { type StandardSchema, validate } from "./validate.ts";
export { ValidationError } from "./validation-error.ts";
