/**
 * How a manifest is parsed. zod can write code for a schema, which pays where it parses often, and a manifest is
 * parsed once.
 */
export const parsedOnce = { jitless: true } as const;
