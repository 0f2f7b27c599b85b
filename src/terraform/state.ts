/**
 * A state as `terraform state pull` gives it, as far as anybody here looks at it. Unlike `terraform show`, that needs no
 * provider.
 */
interface State {
  readonly resources?: readonly {
    readonly mode: "managed" | "data";
    readonly module?: string;
    readonly type: string;
    readonly name: string;
    readonly instances?: readonly {
      readonly index_key?: string | number;
      readonly attributes?: { readonly id?: string };
    }[];
  }[];
}

/** The ids of the resources that Terraform looks after, by address. Empty where there is no state yet. */
export function idsOf(text: string): ReadonlyMap<string, string> {
  const { resources = [] }: State = text.trim() === "" ? {} : JSON.parse(text);
  return new Map(
    resources
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ module, type, name, instances = [] }) =>
        instances.map(({ index_key: index, attributes }): [string, string] => {
          const place = [...(module === undefined ? [] : [module]), type, name].join(".");
          const key = index === undefined ? "" : `[${JSON.stringify(index)}]`;
          return [`${place}${key}`, attributes?.id ?? ""];
        }),
      ),
  );
}
