/** Ways to change a role's trust policy, each a function from the right policy to a wrong one. */
import type { PolicyCondition, TrustPolicy, TrustStatement } from "../../src/evaluate/index.ts";

export type Mutate = (trust: TrustPolicy) => TrustPolicy;
type Values = Readonly<Record<string, string>>;

/** The condition key of a claim of GitHub's tokens. */
export const key = (claim: string) => `token.actions.githubusercontent.com:${claim}`;

/** Changes the only statement. */
export function change(how: (first: TrustStatement) => Partial<TrustStatement>): Mutate {
  return (trust) => {
    const first = firstOf(trust);
    return { ...trust, Statement: [{ ...first, ...how(first) }] };
  };
}

/** Adds another statement. */
export function add(how: (first: TrustStatement) => TrustStatement): Mutate {
  return (trust) => ({ ...trust, Statement: [firstOf(trust), how(firstOf(trust))] });
}

/** Asks for a claim in other ways than that it is the same text; in none, where there is no operator. */
export function ask(claim: string, other: (own: string) => PolicyCondition = () => ({})): Mutate {
  return change((first) => {
    const { [key(claim)]: own = "", ...rest } = claimsOf(first);
    return { Condition: { StringEquals: rest, ...other(own) } };
  });
}

/** The same text of a claim, by another operator. */
export function by(operator: string, claim: string): Mutate {
  return ask(claim, (own) => ({ [operator]: { [key(claim)]: own } }));
}

/** Another subject, to the letter. */
export function subject(how: (own: string) => string | string[]): Mutate {
  return change((first) => {
    const claims = claimsOf(first);
    return {
      Condition: { StringEquals: { ...claims, [key("sub")]: how(claims[key("sub")] ?? "") } },
    };
  });
}

/** A subject with wildcards. */
export function like(how: (own: string) => string): Mutate {
  return ask("sub", (own) => ({ StringLike: { [key("sub")]: how(own) } }));
}

/** Other roles that may read, and as whom of which account. */
export function readers(how: (arn: string) => string, more: Partial<TrustStatement> = {}): Mutate {
  return change(({ Condition }) => {
    const arns = [Condition?.ArnLike?.["aws:PrincipalArn"] ?? []].flat().map(String);
    return { Condition: { ArnLike: { "aws:PrincipalArn": arns.map(how) } }, ...more };
  });
}

/** What a statement asks of a token. */
export function claimsOf({ Condition }: TrustStatement): Values {
  return Condition?.StringEquals as Values;
}

/** The identity provider that a statement trusts. */
export function providerOf({ Principal }: TrustStatement): string {
  return Principal === "*" ? Principal : String(Principal.Federated);
}

function firstOf({ Statement }: TrustPolicy): TrustStatement {
  const [first] = [Statement].flat() as TrustStatement[];
  if (first === undefined) throw new Error("a trust policy without statements");
  return first;
}
