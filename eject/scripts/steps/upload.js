/** Zips into the artifact bucket that Terraform's state knows, each under its digest. */
import { HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { artifactKey } from "./artifacts.js";

/** Uploads those that are not there yet. */
export async function uploadArtifacts({ variables }, artifacts) {
  const client = new S3Client({
    region: variables.region,
    // An emulator is one host for all buckets.
    forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
  });
  await Promise.all(
    Object.values(artifacts).map(async ({ sha256, bytes }) => {
      const object = { Bucket: variables.artifact_bucket, Key: artifactKey(sha256) };
      if (await isThere(client, object)) return;
      await client.send(
        new PutObjectCommand({
          ...object,
          Body: bytes,
          ContentType: "application/zip",
          // S3 refuses what arrives as something else.
          ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
        }),
      );
    }),
  );
}

async function isThere(client, object) {
  try {
    await client.send(new HeadObjectCommand(object));
    return true;
  } catch (error) {
    if (error.name === "NotFound") return false;
    throw error;
  }
}
