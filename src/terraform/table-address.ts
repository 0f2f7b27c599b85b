import type { ServicePlan } from "../plan/index.ts";

/** Where a table stands in `stacks/service`, by its key in the manifest: see `modules/table`. */
export function tableAddress(
  { environment }: Pick<ServicePlan, "environment">,
  key: string,
): string {
  const kind = environment === "dev" ? "disposable" : "protected";
  return `module.table[${JSON.stringify(key)}].aws_dynamodb_table.${kind}[0]`;
}

/** A further file of a stack, which lets Terraform take over what is there with the next apply. */
export function importFile(imports: ReadonlyMap<string, string>): string {
  return [...imports]
    .map(([address, id]) => `import {\n  to = ${address}\n  id = ${JSON.stringify(id)}\n}\n`)
    .join("\n");
}
