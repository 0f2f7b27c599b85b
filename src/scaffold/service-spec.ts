import type { EnvironmentName } from "../manifest/index.ts";

/** What a new service is to be: names, one entity, where it will live. */
export interface ServiceSpec {
  /** In kebab-case, such as `orders`. */
  readonly name: string;
  /** The organisation's short name, which every resource's name begins with. */
  readonly prefix: string;
  readonly description: string;
  /** Owner and repository on GitHub, such as `acme/orders`; null while there is none: no workflows are made then. */
  readonly repository: string | null;
  /** The service's folder, from the root of the repository. */
  readonly folder: string;
  /** Who is asked before it changes, such as `@acme/orders-team`. */
  readonly owners: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly environments: Readonly<Record<EnvironmentName, EnvironmentSpec>>;
  readonly entity: EntitySpec;
}

export interface EnvironmentSpec {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
  /** @default none */
  readonly recoveryRegion?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What the service keeps, such as orders. */
export interface EntitySpec {
  /** In kebab-case, such as `order-line`. */
  readonly singular: string;
  /** In kebab-case, such as `order-lines`. */
  readonly plural: string;
  readonly id: IdForm;
  readonly fields: readonly FieldSpec[];
}

/** A prefix, a hyphen, and so many characters of an alphabet, which are drawn by chance. */
export interface IdForm {
  /** Capital letters and digits, such as `ORD`. */
  readonly prefix: string;
  readonly length: number;
  /** Ranges as in a regular expression, such as `0-9A-Z`. */
  readonly alphabet: string;
}

/** One thing that callers say of an entity. */
export interface FieldSpec {
  /** In camelCase. */
  readonly name: string;
  readonly type: FieldType;
  /** Whether a new entity has to have it. */
  readonly required: boolean;
  /** Of a text its characters, of an integer its value, of texts how many. @default those of the type */
  readonly limits?: { readonly min: number; readonly max: number };
  /** Of a choice, what there is to choose. */
  readonly choices?: readonly string[];
  /** A value that is right. @default one that is made up */
  readonly example?: unknown;
}

export const fieldTypes = [
  "text",
  "texts",
  "decimal",
  "currency",
  "integer",
  "boolean",
  "date",
  "time",
  "choice",
] as const;
export type FieldType = (typeof fieldTypes)[number];
