import { LambdakitError } from "../../errors/index.ts";
import { secretBytes } from "../../manifest/index.ts";
import { shortestHidden } from "../../names.ts";
import type { SecretPlan } from "../../plan/index.ts";
import type { World } from "../command.ts";

/**
 * The value that somebody types without seeing it, or that comes on stdin: never an argument, which would stand in the
 * shell's history and in the list of processes.
 *
 * @throws {LambdakitError} SECRET_NO_VALUE, SECRET_TOO_LARGE
 */
export async function readSecretValue(
  { key, store, description }: SecretPlan,
  { terminal }: Pick<World, "terminal">,
): Promise<string> {
  const value = await terminal.readHidden(`${key} (${description}): `);
  if (value === undefined || value === "") {
    throw new LambdakitError("SECRET_NO_VALUE", {
      message: `There is no value for ${key}: nothing came on stdin, or nothing was typed. Nothing was changed.`,
      fix: `lambdakit secret set ${key} in a terminal, or with the value on stdin`,
    });
  }
  const [bytes, most] = [Buffer.byteLength(value), secretBytes[store]];
  if (bytes > most) {
    throw new LambdakitError("SECRET_TOO_LARGE", {
      message: `The value has ${bytes} bytes, and ${store} takes ${most}. Nothing was changed.`,
      fix:
        store === "ssm"
          ? `write store: "secrets-manager" for ${key} in service.ts, which takes ${secretBytes["secrets-manager"]}`
          : "put it into a bucket, encrypted, and only its key here",
    });
  }
  if (value.length < shortestHidden) {
    terminal.err(
      `It has fewer than ${shortestHidden} characters: one that short is not taken out of log lines.`,
    );
  }
  return value;
}
