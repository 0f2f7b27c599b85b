/** DynamoDB has a name of its own for it where it is asked of backups, and Parameter Store has always. */
const missing = new Set([
  "ResourceNotFoundException",
  "TableNotFoundException",
  "ParameterNotFound",
]);

/** What was asked for; nothing where AWS says that there is no such thing. */
export async function unlessMissing<Result>(
  ask: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await ask();
  } catch (error) {
    const { name } = Object(error);
    if (missing.has(name)) return undefined;
    throw error;
  }
}
