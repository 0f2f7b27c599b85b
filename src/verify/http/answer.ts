/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The correlation id that the request had: the service's log lines of it have the same. */
  readonly correlationId: string;
  readonly milliseconds: number;
}

/** Nothing came back, or not in time. */
export class NoAnswer extends Error {
  readonly milliseconds: number;

  constructor(message: string, milliseconds: number, cause: unknown) {
    super(message, { cause });
    this.milliseconds = milliseconds;
  }
}

/** `500 {"message":"Internal server error"}`, as it is shown of an answer that nobody wanted. */
export function answerText({ status, headers, text }: Answer): string {
  const type = headers.get("content-type") ?? "no content type";
  const isJson = /\bjson\b/.test(type);
  return [String(status), ...(isJson ? [] : [`(${type})`]), excerpt(text)]
    .filter((one) => one !== "")
    .join(" ");
}

/** A text of any length that somebody else has written, where it has to fit into a sentence on a terminal. */
export function excerpt(text: string, length = 100): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

/** The answer's body, where it is JSON. */
export function jsonOf({ text }: Pick<Answer, "text">): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
