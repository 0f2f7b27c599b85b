/** A running DynamoDB engine on this machine. */
export interface TableEngine {
  /** `dynoxide`, `dynalite`, or the address of one that somebody else started. */
  readonly name: string;
  /** Its HTTP endpoint, such as `http://127.0.0.1:49152`. */
  readonly endpoint: string;
  /** What DynamoDB does and this engine does not, in words for a developer. */
  readonly lacks: readonly string[];
  /** Settles when the engine has ended by itself, with the reason. Never rejects. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** Where data is kept between runs; undefined keeps it in memory. */
  readonly dataDirectory: string | undefined;
}

/** What the embedded engines have in common: nothing here happens without somebody asking for it. */
export const lackedByAll = [
  "deleting items by their time to live",
  "point-in-time recovery and backups",
] as const;
