import { LambdakitError } from "../../../errors/index.ts";
import { environmentNames } from "../../../manifest/index.ts";
import type { Access } from "../../../observe/index.ts";
import type { EnvironmentName } from "../../../plan/index.ts";
import type { Input, Option } from "../../command.ts";

/** Whose credentials are used, where environments are accounts of their own. */
export const profileOptions = {
  profile: {
    type: "text",
    placeholder: "NAME",
    description:
      "of ~/.aws/config; or one for each, as dev=NAME,sit=NAME; or LAMBDAKIT_PROFILE_DEV, _SIT, _PROD",
  },
} as const satisfies Record<string, Option>;

/**
 * Whose credentials are used in an environment: those of `--profile`, else those of its variable, else whatever AWS's
 * own variables say.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE
 */
export function accessOf(input: Input, environment: EnvironmentName): Access {
  const stated = input.text("profile");
  const named = stated === undefined ? undefined : profileIn(stated, environment);
  const profile = named ?? process.env[profileVariable(environment)];
  return profile === undefined || profile === "" ? {} : { profile };
}

/** `LAMBDAKIT_PROFILE_DEV` */
export function profileVariable(environment: EnvironmentName): string {
  return `LAMBDAKIT_PROFILE_${environment.toUpperCase()}`;
}

function profileIn(stated: string, environment: EnvironmentName): string | undefined {
  const parts = stated.split(",").map((part) => part.trim());
  if (parts.length === 1 && !stated.includes("=")) return stated;
  const pairs = parts.map((part) => /^(\w+)=(.+)$/.exec(part)?.slice(1) ?? []);
  const isWrong = pairs.some(([name]) => !environmentNames.some((one) => one === name));
  if (isWrong) {
    throw new LambdakitError("CLI_BAD_VALUE", {
      message: `--profile is "${stated}", which is neither one profile nor one for each environment.`,
      fix: `write --profile ${environmentNames.map((name) => `${name}=NAME`).join(",")}`,
      at: "--profile",
    });
  }
  return pairs.find(([name]) => name === environment)?.[1];
}
