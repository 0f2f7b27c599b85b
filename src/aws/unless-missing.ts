/**
 * How AWS says that there is no such thing, by its services: DynamoDB has another name where it is asked of backups, and
 * S3 one for each setting that a bucket may have; an emulator leaves a word out where it is asked of time to live.
 */
const missing: readonly unknown[] = [
  "ResourceNotFoundException",
  "TableNotFoundException",
  "BackupNotFoundException",
  "PolicyNotFoundException",
  "ParameterNotFound",
  "ResourceNotFound",
  "NoSuchEntityException",
  "NoSuchBucket",
  "NoSuchPublicAccessBlockConfiguration",
  "ServerSideEncryptionConfigurationNotFoundError",
];

/** What was asked for; nothing where AWS says that there is no such thing. */
export async function unlessMissing<Result>(
  ask: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (missing.includes(Object(error).name)) return undefined;
    throw error;
  }
}
