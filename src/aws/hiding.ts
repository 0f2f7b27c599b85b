/**
 * A call that sends a secret. AWS may quote what it refuses: the error comes out without the value, and without
 * whatever else hangs on AWS's own.
 */
export async function hiding<Result>(secret: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const { name, message = String(error), code, $metadata } = Object(error);
    const shown = new Error(String(message).replaceAll(secret, "(the value)"));
    throw Object.assign(shown, { name, code, $metadata });
  }
}
