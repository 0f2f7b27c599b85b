import type { BucketLocationConstraint, S3Client } from "@aws-sdk/client-s3";
import type { Access } from "./access.ts";
import { openS3 } from "./open-s3.ts";
import type { Call } from "./service-calls.ts";

/** One bucket of S3. Every call throws what `awsError` says. */
export class Bucket {
  readonly name: string;
  readonly #region: string;
  readonly #call: Call<typeof import("@aws-sdk/client-s3"), S3Client>;

  constructor(name: string, region: string, access: Access = {}) {
    this.name = name;
    this.#region = region;
    this.#call = openS3(region, access);
  }

  async exists(): Promise<boolean> {
    return this.#call(`look for the bucket ${this.name}`, (client, s3) =>
      isThere(client.send(new s3.HeadBucketCommand({ Bucket: this.name }))),
    );
  }

  /**
   * Makes it where it is not there, with versions from the first moment.
   *
   * @returns whether it was made
   */
  async ensure(): Promise<boolean> {
    return this.#call(`make the bucket ${this.name}`, async (client, s3) => {
      const bucket = { Bucket: this.name };
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

  /** What lies under a key; nothing where nothing does. */
  async read(key: string): Promise<Uint8Array | undefined> {
    return this.#call(`read ${key} in ${this.name}`, async (client, s3) => {
      try {
        const { Body } = await client.send(
          new s3.GetObjectCommand({ Bucket: this.name, Key: key }),
        );
        return Body?.transformToByteArray();
      } catch (error) {
        if (Object(error).name === "NoSuchKey") return undefined;
        throw error;
      }
    });
  }

  /** The keys that begin so, in the order of their bytes. */
  async keys(prefix: string): Promise<string[]> {
    return this.#call(`list ${prefix} in ${this.name}`, async (client, s3) => {
      const found: string[] = [];
      const pages = s3.paginateListObjectsV2({ client }, { Bucket: this.name, Prefix: prefix });
      for await (const { Contents = [] } of pages) {
        found.push(...Contents.flatMap(({ Key }) => Key ?? []));
      }
      return found;
    });
  }

  /**
   * Writes a document where nothing lies yet. Of several who do so at the same moment, one succeeds.
   *
   * @returns whether it was this one
   */
  async putOnce(key: string, contents: string): Promise<boolean> {
    return this.#call(`write ${key} to ${this.name}`, (client, s3) =>
      isFirst(
        client.send(
          new s3.PutObjectCommand({
            Bucket: this.name,
            Key: key,
            Body: contents,
            ContentType: "application/json",
            IfNoneMatch: "*",
          }),
        ),
      ),
    );
  }

  /**
   * Puts a zip there that is called by what it is, unless it is there.
   *
   * @param sha256 of the contents, in hexadecimal digits: S3 refuses what arrives as something else
   * @returns whether it was uploaded
   */
  async uploadOnce(key: string, contents: Uint8Array, sha256: string): Promise<boolean> {
    return this.#call(`upload ${key} to ${this.name}`, async (client, s3) => {
      const object = { Bucket: this.name, Key: key };
      if (await isThere(client.send(new s3.HeadObjectCommand(object)))) return false;
      return isFirst(
        client.send(
          new s3.PutObjectCommand({
            ...object,
            Body: contents,
            ContentType: "application/zip",
            ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
            // Somebody else may upload the same at this moment: the first one wins.
            IfNoneMatch: "*",
          }),
        ),
      );
    });
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

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html (2026-11-26) */
async function isFirst(written: Promise<unknown>): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    // The second name is of two writes that overlapped: the other one may still fail, but has come first.
    const { name } = Object(error);
    if (name === "PreconditionFailed" || name === "ConditionalRequestConflict") return false;
    throw error;
  }
}
