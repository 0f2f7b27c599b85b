import { randomBytes } from "node:crypto";

/** As Lambda makes it where the caller sent none. @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html */
export function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${hex(12)};Parent=${hex(8)};Sampled=0`;
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}
