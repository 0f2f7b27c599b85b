import { LambdakitError } from "../../errors/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { deployedUrl, type ReleaseEnvironment } from "../../release/index.ts";
import type { Input } from "../command.ts";

const variable = "LAMBDAKIT_URL";

/**
 * Where to send requests to, without a slash at the end: `--url`, else `LAMBDAKIT_URL`, else where the
 * service was deployed to.
 *
 * @throws {LambdakitError} CLI_BAD_VALUE, VERIFY_NO_URL
 */
export async function serviceUrl(
  input: Input,
  plan: ServicePlan,
  environment: ReleaseEnvironment | undefined,
): Promise<string> {
  const stated = statedUrl(input);
  if (stated !== undefined) return stated;
  const deployed = environment && deployedUrl(await environment.history.read());
  if (deployed) return deployed;
  throw new LambdakitError("VERIFY_NO_URL", {
    message: `Nothing says where ${plan.service} answers in ${plan.environment}: it was not deployed there.`,
    fix: `lambdakit verify --env ${plan.environment} --url https://...`,
  });
}

/** What somebody has said of it, which is stronger than what Terraform knows. */
export function statedUrl(input: Input): string | undefined {
  const option = input.text("url");
  if (option !== undefined) return checkedUrl(option, "--url");
  // A variable that is set to nothing is how shells and workflows say that it is not set.
  const { [variable]: fromEnvironment = "" } = process.env;
  return fromEnvironment === "" ? undefined : checkedUrl(fromEnvironment, variable);
}

/** @throws {LambdakitError} CLI_BAD_VALUE */
export function checkedUrl(text: string, at: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isAddress = url?.protocol === "http:" || url?.protocol === "https:";
  // Paths of routes are put behind it.
  if (isAddress && url.search === "" && url.hash === "") return text.replace(/\/+$/, "");
  throw new LambdakitError("CLI_BAD_VALUE", {
    message: `${at} is "${text}", and has to be an http or https URL up to the stage, without a query.`,
    fix: `write ${at === variable ? `${variable}=` : `${at} `}https://api.example.com/v1`,
    at,
  });
}
