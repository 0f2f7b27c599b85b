/** Credentials of a role, for an hour at most. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Whose calls a gateway makes. @default of whoever the environment says, as every AWS tool reads it */
export interface Access {
  /** A profile of `~/.aws/config`, which goes before `AWS_PROFILE` and keys in variables. */
  readonly profile?: string;
  readonly credentials?: Credentials;
  /** Where the service answers, if not where AWS or `AWS_ENDPOINT_URL` says. */
  readonly endpoint?: string;
  /** How often a call is tried. @default 3, as AWS's SDK does */
  readonly maxAttempts?: number;
  /** How long is waited for whoever may be gone. @default as long as the system does: minutes */
  readonly requestHandler?: {
    /** Milliseconds until a connection is made, and until an answer is there. */
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    /** Else AWS's SDK only warns. */
    readonly throwOnRequestTimeout: true;
  };
}

/** Access to what may be lost: a call says within that many seconds that nobody answers, twice at the most. */
export function impatient(seconds: number): Access {
  const milliseconds = seconds * 1_000;
  return {
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: milliseconds,
      requestTimeout: milliseconds,
      throwOnRequestTimeout: true,
    },
  };
}
