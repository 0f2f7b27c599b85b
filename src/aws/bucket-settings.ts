import type { S3Client } from "@aws-sdk/client-s3";
import type { Access } from "./access.ts";
import { type Call, serviceCalls } from "./service-calls.ts";

/** How a bucket is set up. */
export interface BucketSettings {
  readonly hasVersions: boolean;
  /** By a key of KMS: S3 itself encrypts everything with a key that nobody can refuse. */
  readonly isEncrypted: boolean;
  /** Whether all four ways to be public are closed. */
  readonly blocksPublicAccess: boolean;
}

/** Settings of buckets. Every call throws what `awsError` says. */
export class BucketAdmin {
  readonly #call: Call<typeof import("@aws-sdk/client-s3"), S3Client>;

  constructor(region: string, access: Access = {}) {
    const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
    // A bucket cannot be a subdomain of an emulator's address.
    const forcePathStyle = (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined;
    this.#call = serviceCalls(
      () => import("@aws-sdk/client-s3"),
      (s3) => new s3.S3Client({ region, forcePathStyle, ...access }),
    );
  }

  /**
   * Nothing where there is no such bucket.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html (2026-11-27)
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html (2026-11-27)
   */
  async read(name: string): Promise<BucketSettings | undefined> {
    return this.#call(`look at the bucket ${name}`, async (client, s3) => {
      const bucket = { Bucket: name };
      try {
        const { Status } = await client.send(new s3.GetBucketVersioningCommand(bucket));
        const encryption = await unlessNone(() =>
          client.send(new s3.GetBucketEncryptionCommand(bucket)),
        );
        const block = await unlessNone(() =>
          client.send(new s3.GetPublicAccessBlockCommand(bucket)),
        );
        const rules = encryption?.ServerSideEncryptionConfiguration?.Rules ?? [];
        const closed = block?.PublicAccessBlockConfiguration ?? {};
        return {
          hasVersions: Status === "Enabled",
          isEncrypted: rules.some(({ ApplyServerSideEncryptionByDefault: rule }) =>
            rule?.SSEAlgorithm?.startsWith("aws:kms"),
          ),
          blocksPublicAccess: [
            closed.BlockPublicAcls,
            closed.BlockPublicPolicy,
            closed.IgnorePublicAcls,
            closed.RestrictPublicBuckets,
          ].every((one) => one === true),
        };
      } catch (error) {
        if (Object(error).name === "NoSuchBucket") return undefined;
        throw error;
      }
    });
  }
}

/** What was never set is an error to S3. */
async function unlessNone<Result>(ask: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await ask();
  } catch (error) {
    const { name } = Object(error);
    const isNone =
      name === "NoSuchPublicAccessBlockConfiguration" ||
      name === "ServerSideEncryptionConfigurationNotFoundError";
    if (isNone) return undefined;
    throw error;
  }
}
