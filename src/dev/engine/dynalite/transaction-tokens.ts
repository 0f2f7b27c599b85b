import { createHash } from "node:crypto";
import { TableApiError } from "../table-api.ts";

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const tokenMinutes = 10;

interface Made {
  readonly fingerprint: string;
  readonly forgottenAt: number;
}

/** The transactions that were made under a `ClientRequestToken` in the last ten minutes. */
export class TransactionTokens {
  /** In the order of time, which a `Map` keeps. */
  readonly #made = new Map<string, Made>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * Whether this transaction has been made under this token already.
   * @throws {TableApiError} IdempotentParameterMismatchException: another one has
   */
  has(token: string, content: unknown): boolean {
    this.#forget();
    const made = this.#made.get(token);
    if (made === undefined || made.fingerprint === fingerprintOf(content))
      return made !== undefined;
    throw new TableApiError(
      "IdempotentParameterMismatchException",
      "The ClientRequestToken has been used for a transaction of another content.",
    );
  }

  add(token: string, content: unknown): void {
    const forgottenAt = this.#now() + tokenMinutes * 60_000;
    this.#made.set(token, { fingerprint: fingerprintOf(content), forgottenAt });
  }

  #forget(): void {
    for (const [token, { forgottenAt }] of this.#made) {
      if (forgottenAt > this.#now()) break;
      this.#made.delete(token);
    }
  }
}

/** The same for two contents that differ only in the order of their keys, which means nothing. */
function fingerprintOf(content: unknown): string {
  const text = JSON.stringify(content, (_, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(text).digest("hex");
}
