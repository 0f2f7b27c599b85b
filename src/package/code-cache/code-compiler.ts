/** A Node.js that makes V8's code cache, which that very version takes, on that architecture. */
export interface CodeCompiler {
  /** Such as `24.21.0`. */
  readonly version: string;
  /** As `process.arch` says it: `arm64`, `x64`. */
  readonly architecture: string;
  /**
   * Compiles a script, every function of it, and runs nothing. The same script gives the same bytes.
   *
   * @throws {LambdakitError} PACKAGE_CODE_CACHE
   */
  compile(script: string): Promise<Uint8Array>;
}

/**
 * Finds the Node.js of a runtime, such as `nodejs24.x`. Processes are not for this room.
 *
 * @throws {LambdakitError} DEV_RUNTIME_NOT_FOUND
 */
export type FindCompiler = (runtime: string) => Promise<CodeCompiler>;
