import { randomFillSync, randomUUID } from "node:crypto";

/** The two names that API Gateway gives a request. */
export interface RequestIds {
  /** A UUID; `x-amzn-RequestId` of the answer. */
  readonly requestId: string;
  /** Such as `FiV9AHvHoAMFtsg=`; `x-amz-apigw-id` of the answer. */
  readonly extendedRequestId: string;
}

export function newRequestIds(): RequestIds {
  return { requestId: randomUUID(), extendedRequestId: randomText(11, "base64") };
}

/**
 * `Root=1-5759e988-bd862e3fe1be46a994272793`: the time in seconds, and 96 random bits. A caller who
 * traces already names the root, and stays it.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function traceId(ofCaller: string | undefined, epochMilliseconds: number): string {
  const root = ofCaller && /(?:^|;)\s*(Root=1-[\da-f]{8}-[\da-f]{24})(?:;|$)/i.exec(ofCaller)?.[1];
  if (root) return root;
  const seconds = Math.floor(epochMilliseconds / 1000).toString(16);
  return `Root=1-${seconds}-${randomText(12, "hex")}`;
}

/** One call for random bytes costs as much as a thousand small ones from its answer. */
const pool = Buffer.alloc(8192);
let used = pool.length;

function randomText(bytes: number, encoding: "hex" | "base64"): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString(encoding, used - bytes, used);
}
