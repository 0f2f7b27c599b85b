import type { AccessDenied } from "../table-endpoint/index.ts";

/** What happens at the secrets. A value is in none of it. */
export type SecretEvent =
  | ({ readonly type: "access-denied" } & AccessDenied)
  | {
      readonly type: "secret-missing";
      /** The function that asked for it; null where nobody has yet. */
      readonly function: string | null;
      /** Its key in the manifest. */
      readonly secret: string;
      /** What to type. */
      readonly fix: string;
    }
  /** A call that could not be answered, for a reason that is none of AWS's. */
  | { readonly type: "call-failed"; readonly error: unknown };
