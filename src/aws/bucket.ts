import type { BucketLocationConstraint, S3Client } from "@aws-sdk/client-s3";
import { awsError } from "./aws-error.ts";

/** One bucket of S3. Every call throws what `awsError` says. */
export class Bucket {
  readonly #name: string;
  readonly #region: string;

  constructor(name: string, region: string) {
    this.#name = name;
    this.#region = region;
  }

  async exists(): Promise<boolean> {
    return this.#call(`look for the bucket ${this.#name}`, (s3, client) =>
      isThere(client.send(new s3.HeadBucketCommand({ Bucket: this.#name }))),
    );
  }

  /**
   * Makes it where it is not there, with versions from the first moment.
   *
   * @returns whether it was made
   */
  async ensure(): Promise<boolean> {
    return this.#call(`make the bucket ${this.#name}`, async (s3, client) => {
      const bucket = { Bucket: this.#name };
      if (await isThere(client.send(new s3.HeadBucketCommand(bucket)))) return false;
      // The one region that S3 wants no word of.
      // @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html (2026-11-26)
      const place = this.#region === "us-east-1" ? undefined : this.#region;
      await client.send(
        new s3.CreateBucketCommand({
          ...bucket,
          ...(place !== undefined && {
            CreateBucketConfiguration: { LocationConstraint: place as BucketLocationConstraint },
          }),
        }),
      );
      const versions = { VersioningConfiguration: { Status: "Enabled" } } as const;
      await client.send(new s3.PutBucketVersioningCommand({ ...bucket, ...versions }));
      return true;
    });
  }

  /**
   * Puts a zip there that is called by what it is, unless it is there.
   *
   * @param sha256 of the contents, in hexadecimal digits: S3 refuses what arrives as something else
   * @returns whether it was uploaded
   */
  async uploadOnce(key: string, contents: Uint8Array, sha256: string): Promise<boolean> {
    return this.#call(`upload ${key} to ${this.#name}`, async (s3, client) => {
      const object = { Bucket: this.#name, Key: key };
      if (await isThere(client.send(new s3.HeadObjectCommand(object)))) return false;
      const put = new s3.PutObjectCommand({
        ...object,
        Body: contents,
        ContentType: "application/zip",
        ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
        // Somebody else may upload the same at this moment: the first one wins.
        IfNoneMatch: "*",
      });
      return client.send(put).then(
        () => true,
        (error) => {
          if (Object(error).name === "PreconditionFailed") return false;
          throw error;
        },
      );
    });
  }

  async #call<Result>(
    what: string,
    work: (s3: typeof import("@aws-sdk/client-s3"), client: S3Client) => Promise<Result>,
  ): Promise<Result> {
    // A large package, for few commands.
    const s3 = await import("@aws-sdk/client-s3");
    const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
    // A bucket cannot be a subdomain of an emulator's address.
    const forcePathStyle = (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined;
    const client = new s3.S3Client({ region: this.#region, forcePathStyle });
    try {
      return await work(s3, client);
    } catch (error) {
      throw awsError(what, error);
    } finally {
      client.destroy();
    }
  }
}

async function isThere(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (Object(error).name === "NotFound") return false;
    throw error;
  }
}
