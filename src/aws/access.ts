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
}
