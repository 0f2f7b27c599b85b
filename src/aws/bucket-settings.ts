import type { S3Client } from "@aws-sdk/client-s3";
import type { Access } from "./access.ts";
import { openS3 } from "./open-s3.ts";
import type { Call } from "./service-calls.ts";
import { unlessMissing } from "./unless-missing.ts";

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
    this.#call = openS3(region, access);
  }

  /**
   * Nothing where there is no such bucket.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html (2026-11-27)
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html (2026-11-27)
   */
  async read(name: string): Promise<BucketSettings | undefined> {
    return this.#call(`look at the bucket ${name}`, (client, s3) =>
      unlessMissing(async () => {
        const bucket = { Bucket: name };
        const { Status } = await client.send(new s3.GetBucketVersioningCommand(bucket));
        // What was never set is an error to S3.
        const [encryption, block] = await Promise.all([
          unlessMissing(() => client.send(new s3.GetBucketEncryptionCommand(bucket))),
          unlessMissing(() => client.send(new s3.GetPublicAccessBlockCommand(bucket))),
        ]);
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
      }),
    );
  }
}
