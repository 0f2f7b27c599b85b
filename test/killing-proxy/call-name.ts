import type { IncomingHttpHeaders } from "node:http";
import { backupOperation } from "./backup-operation.ts";
import { lambdaOperation } from "./lambda-operation.ts";
import { s3Operation } from "./s3-operation.ts";

/** A request to AWS, whole. */
export interface AwsRequest {
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * What a request to AWS asks for, in AWS's words, such as `lambda UpdateAlias bbws-product-get-dev` or
 * `s3 PutObject artifacts/0123.zip`. What is not known by a name is `apigateway GET /restapis/abc`.
 */
export function callName(request: AwsRequest): string {
  const service = serviceOf(request);
  const { pathname, searchParams } = new URL(request.target, "http://aws");
  const path = decodeURIComponent(pathname);
  if (service === "s3") return `s3 ${s3Operation(request, path, searchParams)}`;
  const operation =
    namedOperation(request, path) ?? pathOperations[service]?.(request.method, path);
  return `${service} ${operation ?? `${request.method} ${path}`}`;
}

/** Of the services whose operations are paths. */
const pathOperations: Readonly<
  Record<string, (method: string, path: string) => string | undefined>
> = { backup: backupOperation, lambda: lambdaOperation };

/** It stands in the signature. */
export function serviceOf({ headers }: Pick<AwsRequest, "headers">): string {
  const scope = /Credential=[^/]*\/\d{8}\/[^/]*\/([^/]*)\//.exec(headers.authorization ?? "");
  return scope?.[1] ?? "unsigned";
}

/** As the protocols have it in which there are no paths: a header, a path of their own, a form. */
function namedOperation({ headers, body }: AwsRequest, path: string): string | undefined {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1);
  const rpc = /^\/service\/\w+\/operation\/(\w+)$/.exec(path)?.[1];
  if (rpc !== undefined) return rpc;
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  return isForm ? (new URLSearchParams(body.toString()).get("Action") ?? undefined) : undefined;
}
