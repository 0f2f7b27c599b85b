import { digest } from "../system/index.ts";

/**
 * A zip of 190 bytes of which every invocation fails: `index.js`, stored, with
 * `exports.handler = async () => { throw new Error("Broken on purpose by lambdakit dr drill"); };`
 */
export const brokenZip: Uint8Array = Buffer.from(
  "UEsDBBQAAAAAAAAAIQCqtDt2YQAAAGEAAAAIAAAAaW5kZXguanNleHBvcnRzLmhhbmRsZXIgPSBhc3luYyAoKSA9PiB7CiAgdGhyb3cgbmV3IEVycm9yKCJCcm9rZW4gb24gcHVycG9zZSBieSBsYW1iZGFraXQgZHIgZHJpbGwiKTsKfTsKUEsBAhQDFAAAAAAAAAAhAKq0O3ZhAAAAYQAAAAgAAAAAAAAAAAAAAKQBAAAAAGluZGV4LmpzUEsFBgAAAAABAAEANgAAAIcAAAAAAA==",
  "base64",
);

/** What it is found by. */
export const brokenSha256 = digest(brokenZip);
