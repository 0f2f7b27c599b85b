import type { AwsRequest } from "./call-name.ts";

/** By a parameter of the query, which is there without a value or with one. */
const byParameter: readonly (readonly [parameter: string, method: string, operation: string])[] = [
  ["list-type", "GET", "ListObjectsV2"],
  ["versions", "GET", "ListObjectVersions"],
  ["delete", "POST", "DeleteObjects"],
  ["uploads", "POST", "CreateMultipartUpload"],
  ["partNumber", "PUT", "UploadPart"],
  ["uploadId", "POST", "CompleteMultipartUpload"],
  ["uploadId", "DELETE", "AbortMultipartUpload"],
  ["versioning", "GET", "GetBucketVersioning"],
  ["versioning", "PUT", "PutBucketVersioning"],
];

/**
 * What a request to S3 asks for, and of which object: without the bucket, which is the first name in the
 * path. What is about a bucket's settings and is not listed here has the setting's name.
 */
export function s3Operation(
  { method, headers }: Pick<AwsRequest, "method" | "headers">,
  path: string,
  query: URLSearchParams,
): string {
  const [, , ...names] = path.split("/");
  const key = names.join("/");
  const listed = byParameter.find(([name, wanted]) => query.has(name) && wanted === method);
  if (listed !== undefined) return said(listed[2], key || (query.get("prefix") ?? ""));
  const [setting] = [...query.keys()].filter((name) => !["x-id", "versionId"].includes(name));
  if (key === "" && setting !== undefined) return `${method} ?${setting}`;
  const copies = method === "PUT" && headers["x-amz-copy-source"] !== undefined;
  const verb = { GET: "Get", PUT: copies ? "Copy" : "Put", HEAD: "Head", DELETE: "Delete" }[method];
  if (verb === undefined) return said(method, key);
  if (key !== "") return said(`${verb}Object`, key);
  return `${method === "PUT" ? "Create" : verb}Bucket`;
}

function said(operation: string, subject: string): string {
  return subject === "" ? operation : `${operation} ${subject}`;
}
