import { LambdakitError, nearest } from "../../errors/index.ts";
import { environmentNames } from "../../manifest/index.ts";
import type { EnvironmentName } from "../../plan/index.ts";

/** What a value of each environment has to be. */
export interface Form {
  readonly option: string;
  readonly example: string;
  readonly known?: readonly string[];
  isRight(value: string): boolean;
}

/**
 * Reads one value for all environments, or one for each: `123456789012`, or `dev=111111111111,prod=333333333333`.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE
 */
export function eachEnvironment(
  text: string | undefined,
  form: Form,
): Partial<Record<EnvironmentName, string>> {
  if (text === undefined) return {};
  const parts = text.split(",").map((part) => part.trim());
  const values: Partial<Record<EnvironmentName, string>> = {};
  for (const part of parts) {
    const [, name, value = part] = /^(\w+)=(.*)$/.exec(part) ?? [];
    const environments = environmentNames.filter((one) => name === undefined || one === name);
    if (!form.isRight(value) || environments.length === 0 || (!name && parts.length > 1)) {
      throw badValue(text, value, form);
    }
    for (const one of environments) values[one] = value;
  }
  return values;
}

function badValue(text: string, value: string, { option, example, known = [] }: Form) {
  const near = nearest(value, known) ?? example;
  return new LambdakitError("CLI_BAD_VALUE", {
    message: `--${option} is "${text}", and has to be one for all environments, or one for each.`,
    fix: `write --${option} ${near}, or --${option} ${environmentNames.map((one) => `${one}=${near}`).join(",")}`,
    at: `--${option}`,
  });
}
