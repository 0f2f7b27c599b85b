import { LambdakitError } from "../../errors/index.ts";
import { parseMoment } from "../../observe/index.ts";
import type { AskedPoint } from "../../recover/index.ts";
import type { Input, Option } from "../command.ts";

/** What a table is restored to. */
export const pointOptions = {
  to: {
    type: "text",
    placeholder: "TIME",
    description: "as it was then: 2026-11-27T09:00:00Z, or how long ago, such as 20m",
  },
  backup: {
    type: "text",
    placeholder: "BACKUP",
    description: "as it is in that backup: its name, its ARN, or latest",
  },
} as const satisfies Record<string, Option>;

/**
 * @param now milliseconds since 1970
 * @throws {LambdakitError} RESTORE_NO_POINT, CLI_BAD_VALUE
 */
export function askedPoint(input: Input, now: number): AskedPoint {
  const time = input.text("to");
  const backup = input.text("backup");
  const environment = input.text("env");
  if (time !== undefined && backup !== undefined) {
    throw new LambdakitError("CLI_BAD_VALUE", {
      message: "--to and --backup are two points to restore to: write one of them.",
      fix: `lambdakit dr restore --env ${environment} --to ${time}`,
      at: "--backup",
    });
  }
  if (backup !== undefined) return { kind: "backup", backup, text: `--backup ${backup}` };
  if (time === undefined) {
    throw new LambdakitError("RESTORE_NO_POINT", {
      message: "Restore it to when? A moment or a backup is needed.",
      fix: `lambdakit dr restore --env ${environment} --to 20m, or: lambdakit dr restore --env ${environment} --backup latest`,
    });
  }
  const to = parseMoment(time, now);
  if (to === undefined) {
    throw new LambdakitError("CLI_BAD_VALUE", {
      message: `--to is "${time}", which is neither a time nor how long ago it was.`,
      fix: "write --to 2026-11-27T09:00:00Z, or --to 20m",
      at: "--to",
    });
  }
  return { kind: "time", to, text: `--to ${time}` };
}
