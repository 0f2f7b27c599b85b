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

/** The key that a call is signed with, and the region and service that it is for; undefined where it is not signed. */
export function signedFor({ authorization = "" }: IncomingHttpHeaders) {
  const [, key, region, service] =
    /Credential=([^/]*)\/\d*\/([^/]*)\/([^/]*)\//.exec(authorization) ?? [];
  if (key === undefined || region === undefined || service === undefined) return undefined;
  return { key, region, service };
}

/** What says who calls, for another service or region: emulators look who it is, and not whether it is signed for that. */
export function signedAs(
  { authorization = "", "x-amz-security-token": token }: IncomingHttpHeaders,
  { region, service }: { readonly region?: string | undefined; readonly service: string },
): IncomingHttpHeaders {
  const scope = /(Credential=[^/]*\/\d*)\/([^/]*)\/[^/]*\//;
  return {
    authorization: authorization.replace(
      scope,
      (_, key: string, own: string) => `${key}/${region ?? own}/${service}/`,
    ),
    ...(token !== undefined && { "x-amz-security-token": token }),
  };
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

/** An output whose description says more, or other things. */
export function withMore(output: Json, more: Json): Json {
  return Object.fromEntries(
    Object.entries(output).map(([key, description]) => [
      key,
      { ...objectOf(description), ...more },
    ]),
  );
}
