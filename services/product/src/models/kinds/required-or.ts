/** The message of a field that is missing, or else this one. */
export function requiredOr(message: string) {
  return ({ input }: { input?: unknown }) => (input === undefined ? "is required" : message);
}
