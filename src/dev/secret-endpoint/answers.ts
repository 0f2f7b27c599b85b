import { randomUUID } from "node:crypto";

/** What goes back to a caller. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An answer of AWS's that is a refusal. */
export class SecretApiError extends Error {
  /** AWS's name for it, such as `ParameterNotFound`. */
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

export function failure({ type, message, status }: SecretApiError): Answer {
  return { status, body: { __type: type, message } };
}

export function headers(): Record<string, string> {
  return { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() };
}
