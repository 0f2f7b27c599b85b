import type { S3Client } from "@aws-sdk/client-s3";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";

/** Calls to S3. */
export function openS3(
  region: string,
  access: Access,
): Call<typeof import("@aws-sdk/client-s3"), S3Client> {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  // A bucket cannot be a subdomain of an emulator's address.
  const forcePathStyle = (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined;
  return serviceCalls(
    () => import("@aws-sdk/client-s3"),
    (s3) => new s3.S3Client({ region, forcePathStyle, ...access }),
  );
}
