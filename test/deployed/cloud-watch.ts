import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { Account } from "./account.ts";

/** The real client of CloudWatch, for an account of the emulator. Whoever asks for it destroys it. */
export function cloudWatchOf({ endpoint, region, credentials }: Account): CloudWatchClient {
  return new CloudWatchClient({ endpoint, region, credentials });
}
