import type { APIGatewayProxyEvent } from "aws-lambda";
import { HttpError } from "./http-error.ts";
import { parseJson } from "./json.ts";
import { ValidationError } from "./validation-error.ts";

type Header = (name: string) => string | undefined;

/**
 * The request's JSON body.
 *
 * @throws {HttpError} 400 without a body, or where it is not JSON; 413 over `maxBodyBytes`; 415 where
 * the content type is not JSON
 */
export function readJsonBody(
  { body, isBase64Encoded }: APIGatewayProxyEvent,
  header: Header,
  maxBodyBytes: number,
): unknown {
  if (body === null || body === undefined || body === "") {
    throw badBody("is required");
  }
  requireJson(header("content-type"));
  const text = isBase64Encoded ? decode(body) : body;
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBodyBytes) {
    throw new HttpError(413, "The body is too large.", {
      errors: [
        { field: "body", message: `is ${bytes} bytes; at most ${maxBodyBytes} are allowed` },
      ],
    });
  }
  return parse(text);
}

function parse(text: string): unknown {
  let parsed: ReturnType<typeof parseJson>;
  try {
    parsed = parseJson(text);
  } catch (cause) {
    // The parser's message quotes the body, so it is for the log alone.
    throw badBody("is not valid JSON", cause);
  }
  if (parsed.duplicateKeys.length > 0) {
    throw new ValidationError(
      [...new Set(parsed.duplicateKeys)].map((field) => ({
        field,
        message: "stands twice in one object",
      })),
    );
  }
  return parsed.value;
}

function requireJson(contentType: string | undefined): void {
  const [type = "", ...parameters] = (contentType ?? "").toLowerCase().split(";");
  const isJson = /^application\/(?:[\w.+-]+\+)?json$/.test(type.trim());
  const isUtf8 = parameters.every(
    (parameter) =>
      !/^\s*charset\s*=/.test(parameter) || /^\s*charset\s*=\s*"?utf-8"?\s*$/.test(parameter),
  );
  if (isJson && isUtf8) return;
  throw new HttpError(415, "The body has to be JSON in UTF-8.", {
    errors: [{ field: "Content-Type", message: "has to be application/json" }],
  });
}

function decode(base64: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(base64, "base64"));
  } catch (cause) {
    throw badBody("is not valid UTF-8", cause);
  }
}

function badBody(message: string, cause?: unknown): HttpError {
  return new ValidationError([{ field: "body", message }], cause);
}
