/** What a store tells of a secret to whoever may not read it. */
export interface SecretState {
  readonly name: string;
  /** ISO 8601; null where the store does not say. */
  readonly changedAt: string | null;
  /** A parameter may be plain text: everybody who may look at it sees it. */
  readonly isEncrypted: boolean;
}

/** Where values of secrets are kept. Nothing here reads one. */
export interface SecretStore {
  /** Those whose names begin so and that have a value. */
  list(prefix: string): Promise<SecretState[]>;
  /** Gives it a value, the first or a new one. */
  set(name: string, value: string, description: string): Promise<void>;
  /** @returns false where there is none */
  remove(name: string): Promise<boolean>;
}
