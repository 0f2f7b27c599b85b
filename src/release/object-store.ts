/** Where records lie: a bucket of S3. */
export interface ObjectStore {
  readonly name: string;
  read(key: string): Promise<Uint8Array | undefined>;
  keys(prefix: string): Promise<string[]>;
  putOnce(key: string, contents: string): Promise<boolean>;
  uploadOnce(key: string, contents: Uint8Array, sha256: string): Promise<boolean>;
}
