import type { InvocationReport } from "./invocation.ts";

/** What happens to functions, as it happens. `function` is the key in the manifest. */
export type HostEvent =
  | {
      readonly type: "environment-started" | "environment-ended";
      readonly function: string;
      /** The name of its log stream. */
      readonly environment: string;
    }
  /** A line that a function wrote; `platform`: one that Lambda itself would write. */
  | {
      readonly type: "output";
      readonly function: string;
      readonly line: string;
      readonly platform: boolean;
      /** Absent in the init phase. */
      readonly requestId?: string;
    }
  | {
      readonly type: "invoked";
      readonly function: string;
      /** True as well where the authorizer has refused a token. */
      readonly ok: boolean;
      readonly report: InvocationReport;
    }
  /** An invocation failed; the message is for a person. */
  | {
      readonly type: "failed";
      readonly function: string;
      readonly message: string;
      readonly requestId?: string;
    };
