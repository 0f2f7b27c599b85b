import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Account } from "../../../src/emulator/deployed/account.ts";

/**
 * Files as AWS's tools keep them in `~/.aws`, with a profile for each account.
 *
 * @returns the variables that lead to them, and what deletes them
 */
export async function profilesOf(accounts: Readonly<Record<string, Account>>): Promise<{
  readonly variables: Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), "lambdakit-profiles-"));
  const [credentials, config] = ["credentials", "config"].map((name) => path.join(folder, name));
  const texts = Object.entries(accounts).map(([name, { credentials: of }]) =>
    [
      `[${name}]`,
      `aws_access_key_id = ${of.accessKeyId}`,
      `aws_secret_access_key = ${of.secretAccessKey}`,
      `aws_session_token = ${of.sessionToken}`,
      "",
    ].join("\n"),
  );
  await writeFile(credentials as string, texts.join("\n"));
  await writeFile(config as string, "");
  return {
    variables: {
      AWS_SHARED_CREDENTIALS_FILE: credentials as string,
      AWS_CONFIG_FILE: config as string,
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
