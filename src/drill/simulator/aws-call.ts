import type { IncomingHttpHeaders } from "node:http";

/** A request to AWS, whole. */
export interface AwsCall {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** JSON as DynamoDB's calls have it. */
export type Json = Readonly<Record<string, unknown>>;

/** Attributes in DynamoDB's own form, such as `{ PK: { S: "A" } }`. */
export type Item = Readonly<Record<string, unknown>>;

/** What DynamoDB is asked for. */
export interface TableCall {
  /** Such as `PutItem`. */
  readonly operation: string;
  readonly input: Json;
  readonly region: string;
}

/** Undefined for every other service, and for what is no JSON: that is passed on as it is. */
export function tableCallOf({ headers, body }: AwsCall): TableCall | undefined {
  const target = String(headers["x-amz-target"] ?? "");
  if (!target.startsWith("DynamoDB_20120810.")) return undefined;
  try {
    const input = objectOf(JSON.parse(body.toString() || "{}"));
    const region = signedFor(headers)?.region ?? "";
    return { operation: target.slice(target.indexOf(".") + 1), input, region };
  } catch {
    return undefined;
  }
}

/** The key that a call is signed with, and the region that it is for; undefined where it is not signed. */
export function signedFor({ authorization = "" }: IncomingHttpHeaders) {
  const [, key, region] = /Credential=([^/]*)\/\d*\/([^/]*)\//.exec(authorization) ?? [];
  return key === undefined || region === undefined ? undefined : { key, region };
}

/** An object of JSON; an empty one for everything else. */
export function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

/** The objects of a list of JSON; none for everything else. */
export function objectsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

/** A table is named by its name or by its ARN. */
export function tableNameOf(value: unknown): string {
  return String(value ?? "").replace(/^.*:table\//, "");
}
