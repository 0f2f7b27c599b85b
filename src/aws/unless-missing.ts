/**
 * How AWS says that there is no such thing. DynamoDB has a name of its own for it where it is asked of backups, and
 * Parameter Store has always; an emulator leaves a word out where it is asked of time to live.
 */
const missing: readonly unknown[] = [
  "ResourceNotFoundException",
  "TableNotFoundException",
  "ParameterNotFound",
  "ResourceNotFound",
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
