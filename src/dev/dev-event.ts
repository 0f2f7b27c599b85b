import type { Access } from "./gateway/gateway.ts";
import type { HostEvent } from "./host/host-event.ts";
import type { SecretEvent } from "./secret-endpoint/index.ts";
import type { TableEvent } from "./table-endpoint/index.ts";
import type { TypeEvent } from "./type-guard.ts";

/** What happens while `dev` runs. */
export type DevEvent =
  | { readonly type: "request"; readonly access: Access }
  | HostEvent
  | TableEvent
  | SecretEvent
  | TypeEvent
  | {
      readonly type: "reloaded";
      readonly functions: readonly string[];
      readonly milliseconds: number;
    }
  | { readonly type: "not-reloaded"; readonly error: unknown }
  | { readonly type: "sample-data"; readonly sent: number }
  | { readonly type: "sample-data-kept"; readonly items: number }
  | { readonly type: "engine-ended"; readonly reason: string };
