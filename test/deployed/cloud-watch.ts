import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { Account } from "../../src/emulator/deployed/account.ts";

/** The real client of CloudWatch, for an account of the emulator. Whoever asks for it destroys it. */
export function cloudWatchOf({ endpoint, region, credentials }: Account): CloudWatchClient {
  // The emulator unpacks what is compressed twice, and fails: everything over 10 KB.
  const disableRequestCompression = true;
  return new CloudWatchClient({ endpoint, region, credentials, disableRequestCompression });
}
