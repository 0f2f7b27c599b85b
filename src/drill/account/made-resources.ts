/** Attributes of a resource, as Terraform keeps them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Something that Terraform has made. */
export interface MadeResource {
  readonly type: string;
  /** Where its state lies, and it too: a stack has one region. */
  readonly region: string;
  readonly attributes: Attributes;
}

interface State {
  readonly resources?: readonly {
    readonly mode: "managed" | "data";
    readonly type: string;
    readonly instances?: readonly { readonly attributes?: Attributes }[];
  }[];
}

/** What a state of Terraform looks after that lies in a region. */
export function madeResources(state: Uint8Array, region: string): MadeResource[] {
  const { resources = [] }: State = JSON.parse(Buffer.from(state).toString() || "{}");
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, instances = [] }) =>
      instances.map(({ attributes = {} }) => ({ type, region, attributes })),
    );
}
