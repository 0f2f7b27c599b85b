import { prepareTrust } from "../../src/evaluate/index.ts";
import type { AccountRole } from "./account-roles.ts";
import type { Identity } from "./identities.ts";

/** A role and an identity of which the trust policy says something else than was meant, in a sentence. */
export interface WrongPair {
  readonly says: string;
  readonly isLetIn: boolean;
}

/** Asks every identity for every role. */
export function wrongPairs(
  roles: readonly Pick<AccountRole, "name" | "accountId" | "trust">[],
  identities: readonly Identity[],
): WrongPair[] {
  return roles.flatMap(({ name, accountId, trust }) => {
    const decide = prepareTrust(trust);
    return identities.flatMap((identity): WrongPair[] => {
      const isLetIn = decide(identity.in(accountId)).effect === "allowed";
      if (isLetIn === identity.takesOn.includes(name)) return [];
      return [{ says: `${identity.says} ${isLetIn ? "takes on" : "is refused"} ${name}`, isLetIn }];
    });
  });
}
