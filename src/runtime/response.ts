/** What a handler returns. */
export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Becomes JSON. Absent where the answer has no body. */
  readonly body?: unknown;
}

export function ok(body: unknown, headers: Record<string, string> = {}): ApiResponse {
  return { status: 200, headers, body };
}

export function created(
  body: unknown,
  { location, ...headers }: { location: string } & Record<string, string>,
): ApiResponse {
  return { status: 201, headers: { ...headers, Location: location }, body };
}

export function noContent(): ApiResponse {
  return { status: 204 };
}
