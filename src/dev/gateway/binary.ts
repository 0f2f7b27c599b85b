/**
 * Whether a media type is one of those that an API treats as bytes. A pattern is a whole type, such as
 * `image/png`, all types of a kind, `image/*`, or with a star on both sides all there are; a star in
 * front of anything else fits nothing. The header's parameters do not count.
 *
 * @param header a `Content-Type` or `Accept`; of several types in one, API Gateway reads the first
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
 */
export function isBinary(header: string | undefined, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return false;
  if (patterns.includes("*/*")) return true;
  const [type = ""] = (header ?? "").split(/[,;]/, 1);
  const wanted = type.trim().toLowerCase();
  return patterns.some((pattern) => fits(wanted, pattern.toLowerCase()));
}

function fits(type: string, pattern: string): boolean {
  if (pattern.startsWith("*/")) return false;
  if (!pattern.endsWith("/*")) return type === pattern;
  const kind = pattern.slice(0, -1);
  return type.startsWith(kind) && type.length > kind.length;
}

/** The bytes of a text in base64; undefined where it is none. */
export function decodeBase64(text: string): Buffer | undefined {
  return /^[A-Za-z\d+/]*={0,2}\s*$/.test(text) ? Buffer.from(text, "base64") : undefined;
}
