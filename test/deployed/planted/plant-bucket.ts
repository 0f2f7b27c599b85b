import { createHash } from "node:crypto";
import type { Account } from "../../../src/emulator/deployed/account.ts";
import { artifactKey } from "../../../src/names.ts";

/** A zip in a bucket, as Lambda is told of it. */
export interface UploadedCode {
  readonly S3Bucket: string;
  readonly S3Key: string;
}

/** As `bootstrap` leaves it: with versions. */
export async function plantBucket(account: Account, bucket: string): Promise<void> {
  const place = `<LocationConstraint>${account.region}</LocationConstraint>`;
  await account.ask("s3", `/${bucket}`, {
    method: "PUT",
    // The one region that S3 wants no word of.
    ...(account.region !== "us-east-1" && {
      body: `<CreateBucketConfiguration>${place}</CreateBucketConfiguration>`,
    }),
  });
  await account.ask("s3", `/${bucket}?versioning`, {
    method: "PUT",
    body: "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
  });
}

/** Puts a zip where `deploy` puts it: by what it is. */
export async function uploadZip(
  account: Account,
  S3Bucket: string,
  zip: Uint8Array,
): Promise<UploadedCode> {
  const S3Key = artifactKey(createHash("sha256").update(zip).digest("hex"));
  await account.ask("s3", `/${S3Bucket}/${S3Key}`, { method: "PUT", body: Buffer.from(zip) });
  return { S3Bucket, S3Key };
}
