import { fieldsFile, kindsOf } from "./fields/fields-file.ts";
import { idFile } from "./fields/id-file.ts";
import { furtherKinds } from "./fields/kind-files.ts";
import { withFields } from "./fields/responses-file.ts";
import { sampleFile, sampleInput } from "./fields/sample-file.ts";
import { jsonText } from "./files/json-text.ts";
import { readmeFile } from "./files/readme-file.ts";
import { repositoryFiles, type Versions } from "./files/repository-files.ts";
import { serviceFile } from "./files/service-file.ts";
import { laidOut } from "./lay-out.ts";
import { renamed, renamedPath } from "./rename.ts";
import type { EntitySpec, ServiceSpec } from "./service-spec.ts";
import { withSortedImports } from "./sort-imports.ts";
import { capital, wordsOf } from "./words.ts";

/** The files of a service, by their paths from its folder. */
export type Files = ReadonlyMap<string, string>;

/** What of the Product service is about products and nothing else: a new service has the same, about its own entity. */
export const templateFiles = [
  "service.ts",
  "src/errors/product-errors.ts",
  "src/errors/to-http-error.ts",
  "src/handlers/create-product.ts",
  "src/handlers/delete-product.ts",
  "src/handlers/get-product.ts",
  "src/handlers/list-products.ts",
  "src/handlers/product-handler.ts",
  "src/handlers/update-product.ts",
  "src/models/contract.ts",
  "src/models/kinds/currency.ts",
  "src/models/kinds/decimal.ts",
  "src/models/kinds/required-or.ts",
  "src/models/kinds/text.ts",
  "src/models/kinds/texts.ts",
  "src/models/product.ts",
  "src/models/requests.ts",
  "src/models/responses.ts",
  "src/repositories/keys.ts",
  "src/repositories/page-token-key.ts",
  "src/repositories/product-repository.ts",
  "src/repositories/table-client.ts",
  "src/repositories/table-product-repository.ts",
  "src/services/create-product.ts",
  "src/services/delete-product.ts",
  "src/services/get-product.ts",
  "src/services/list-products.ts",
  "src/services/product-id.ts",
  "src/services/update-product.ts",
  "src/validators/expected-versions.ts",
  "src/validators/requests.ts",
  "tests/integration/api-contract.test.ts",
  "tests/integration/page-token-key.test.ts",
  "tests/integration/priming.test.ts",
  "tests/integration/product-repository.test.ts",
  "tests/memory-product-repository.ts",
  "tests/product-tables.ts",
  "tests/unit/refusals.test.ts",
  "tests/unit/services.test.ts",
  "tests/unit/to-http-error.test.ts",
] as const;

/**
 * Every file of a new service, but for those that `generate` derives from it.
 *
 * @param template the Product service's {@link templateFiles}
 * @param versions of the packages that it is made with
 */
export function scaffoldService(spec: ServiceSpec, template: Files, versions: Versions): Files {
  const files = new Map([
    ["service.ts", laidOut(serviceFile(textOf(template, "service.ts"), spec))],
    ["README.md", readmeFile(spec)],
    ["sample-data.json", sampleData(spec.entity)],
    ...repositoryFiles(spec, versions),
    ...entityFiles(spec.entity, template),
  ]);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** An entity's own files: all but `service.ts`. */
export function entityFiles(entity: EntitySpec, template: Files): [string, string][] {
  const [singular, plural] = [wordsOf(entity.singular), wordsOf(entity.plural)];
  const kinds = kindsOf(entity);
  const needed: readonly string[] = kinds.includes("texts") ? [...kinds, "text"] : kinds;
  const isNeeded = (path: string) => {
    const [, kind] = /\/kinds\/(.*)\.ts$/.exec(path) ?? [];
    return path !== "service.ts" && (!kind || kind === "required-or" || needed.includes(kind));
  };
  const written = templateFiles.filter(isNeeded).map((path): [string, string] => {
    const text = renamed(textOf(template, path), singular, plural);
    const own = path === "src/models/responses.ts" ? withFields(text, entity) : text;
    return [renamedPath(path, singular, plural), laidOut(withSortedImports(own))];
  });
  const further = kinds.flatMap((kind): [string, string][] => {
    const text = furtherKinds[kind];
    return text === undefined ? [] : [[`src/models/kinds/${kind}.ts`, text]];
  });
  return [
    ...written,
    ...further,
    [`src/models/${singular.kebab}-fields.ts`, fieldsFile(entity)],
    [`src/models/${singular.kebab}-id.ts`, laidOut(idFile(entity))],
    [`tests/sample-${singular.kebab}.ts`, sampleFile(entity)],
  ];
}

/** `sample-data.json`: some to see, once it is served. */
export function sampleData({ plural, singular, fields }: EntitySpec): string {
  const named = fields.find(({ type, limits, example }) => {
    return type === "text" && example === undefined && (limits?.max ?? 200) >= 40;
  });
  const { prose } = wordsOf(singular);
  const entries = ["first", "second", "third"].map((one) => ({
    ...sampleInput({ fields }),
    ...(named === undefined ? {} : { [named.name]: capital(`${one} ${prose}`) }),
  }));
  return jsonText({ [`POST /v1.0/${plural}`]: entries });
}

export function textOf(template: Files, path: string): string {
  const text = template.get(path);
  if (text === undefined) throw new TypeError(`the template has no ${path}`);
  return text;
}
