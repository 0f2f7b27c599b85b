import type { Account } from "./account.ts";

/** Where an alias leads its callers. */
export interface DeployedAlias {
  /** Gets whatever the others do not. */
  readonly version: string;
  /** The share of other versions, from 0 to 1. */
  readonly weights: ReadonlyMap<string, number>;
}

/** @param aliasArn such as `arn:aws:lambda:eu-west-1:536580886816:function:bbws-product-list-dev:live` */
export async function readAlias(account: Account, aliasArn: string): Promise<DeployedAlias> {
  const [name, alias] = aliasArn.split(":").slice(-2);
  const { FunctionVersion, RoutingConfig } = await account.json(
    "lambda",
    `/2015-03-31/functions/${name}/aliases/${alias}`,
  );
  const weights = Object.entries<number>(RoutingConfig?.AdditionalVersionWeights ?? {});
  return { version: FunctionVersion, weights: new Map(weights) };
}

/**
 * The version that one invocation gets. Lambda draws for each of them; it keeps no caller with a version.
 *
 * @param random from 0 up to, but not, 1
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 */
export function drawVersion({ version, weights }: DeployedAlias, random: () => number): string {
  let rest = random();
  for (const [other, weight] of weights) {
    if (rest < weight) return other;
    rest -= weight;
  }
  return version;
}
