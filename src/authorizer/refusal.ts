/** Why a token is refused: it stands in the log, and the caller never hears it. */
export type Reason =
  | "no-token"
  | "too-long"
  | "malformed"
  | "algorithm"
  | "unknown-key"
  | "signature"
  | "issuer"
  | "audience"
  | "token-use"
  | "expired"
  | "not-yet-valid"
  | "claims";

/** A token that is no good. Anything else that is thrown is our own failure, and nobody gets in by it. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason);
    this.reason = reason;
  }
}
