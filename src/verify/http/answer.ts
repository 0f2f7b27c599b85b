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
  const line = text.replace(/\s+/g, " ").trim();
  return [String(status), ...(isJson ? [] : [`(${type})`]), excerpt(line)]
    .filter((one) => one !== "")
    .join(" ");
}

/** A text that may be of any length, where it has to fit into a sentence. */
export function excerpt(text: string, length = 100): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** The answer's body, where it is JSON. */
export function jsonOf({ text }: Pick<Answer, "text">): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
