import type { HttpError } from "./http-error.ts";
import type { ApiResponse } from "./response.ts";

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/**
 * An error as `application/problem+json`.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problemResponse(error: HttpError, requestId: string): ApiResponse {
  const { status, message, errors, headers } = error;
  return {
    status,
    headers: { ...headers, "Content-Type": "application/problem+json" },
    body: {
      type: "about:blank",
      title: titles[status] ?? "Error",
      status,
      detail: message,
      errors,
      requestId,
    },
  };
}
