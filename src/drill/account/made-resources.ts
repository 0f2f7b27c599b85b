import type { Attributes } from "./resource-losses.ts";

/** Something that Terraform has made. */
export interface MadeResource {
  readonly type: string;
  readonly attributes: Attributes;
}

interface State {
  readonly resources?: readonly {
    readonly mode: "managed" | "data";
    readonly type: string;
    readonly instances?: readonly { readonly attributes?: Attributes }[];
  }[];
}

/** What a state of Terraform looks after. */
export function madeResources(state: Uint8Array): MadeResource[] {
  const { resources = [] }: State = JSON.parse(Buffer.from(state).toString() || "{}");
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, instances = [] }) =>
      instances.map(({ attributes = {} }) => ({ type, attributes })),
    );
}
