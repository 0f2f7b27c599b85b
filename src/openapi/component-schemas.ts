import {
  dataKeywords,
  definitionName,
  type JsonSchema,
  namingKeywords,
} from "../manifest/index.ts";
import { pascalCase } from "./names.ts";

/**
 * The schemas under `components`, each once. A schema with an id of its own (zod's `meta({ id })`,
 * which is a name under `$defs` in JSON Schema) is called that, and any other by its place in the API.
 * Two that differ and would have the same name get a number.
 */
export class ComponentSchemas {
  readonly #byName = new Map<string, JsonSchema>();
  readonly #byContent = new Map<string, string>();

  constructor(reserved: Readonly<Record<string, JsonSchema>>) {
    for (const [name, schema] of Object.entries(reserved)) this.#add(name, schema);
  }

  /** A reference to the component that a schema becomes, or already is. */
  reference(schema: JsonSchema, name: string): JsonSchema {
    const { $defs, ...own } = schema;
    const names = this.#define($defs as Definitions, name);
    if (definitionName(own.$ref) !== undefined) return pointed(own, names, name);
    const known = this.#byContent.get(JSON.stringify(pointed(own, names, "#")));
    if (known !== undefined) return { $ref: pointer(known) };
    const free = this.#freeName(name, (candidate) => pointed(own, names, candidate));
    this.#add(free, pointed(own, names, free));
    return { $ref: pointer(free) };
  }

  /** A schema as it stands in a parameter or a header, with its definitions among the components. */
  inline(schema: JsonSchema, name: string): JsonSchema {
    const { $defs, ...own } = schema;
    return pointed(own, this.#define($defs as Definitions, name), name);
  }

  /** In the order of their names. */
  all(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#byName].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The component of each definition. They may refer to one another, so all are named before any is added. */
  #define(definitions: Definitions, context: string): Names {
    const entries = Object.entries(definitions ?? {}).map(([id, schema]) => {
      const wanted = definitionComponent(id, context);
      return { id, schema, wanted, name: wanted };
    });
    const namesSoFar = () => new Map(entries.map(({ id, name }) => [id, name]));
    for (let number = 2; ; number++) {
      const names = namesSoFar();
      const taken = entries.filter(
        ({ name, schema }, position) =>
          this.#differs(name, pointed(schema, names, name)) ||
          entries.slice(0, position).some((earlier) => earlier.name === name),
      );
      if (taken.length === 0) break;
      for (const entry of taken) entry.name = `${entry.wanted}${number}`;
    }
    const names = namesSoFar();
    for (const { name, schema } of entries) this.#add(name, pointed(schema, names, name));
    return names;
  }

  #freeName(name: string, schemaOf: (name: string) => JsonSchema): string {
    let free = name;
    for (let number = 2; this.#differs(free, schemaOf(free)); number++) free = `${name}${number}`;
    return free;
  }

  #differs(name: string, schema: JsonSchema): boolean {
    const there = this.#byName.get(name);
    return there !== undefined && JSON.stringify(there) !== JSON.stringify(schema);
  }

  #add(name: string, schema: JsonSchema): void {
    this.#byName.set(name, schema);
    this.#byContent.set(JSON.stringify(schema), name);
  }
}

type Definitions = Readonly<Record<string, JsonSchema>> | undefined;
type Names = ReadonlyMap<string, string>;

export function pointer(name: string): string {
  return `#/components/schemas/${name}`;
}

/** zod calls what it has to name, and nobody did, `__schema0`. */
function definitionComponent(id: string, context: string): string {
  const name = pascalCase(id);
  return id.startsWith("__") || name === "" ? `${context}Part` : name;
}

/** A schema whose references lead to components: `#/$defs/Product` to `Product`, `#` to itself. */
function pointed(schema: JsonSchema, names: Names, self: string): JsonSchema {
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== "object" || part === null) return part;
    return mapValues(part, (value, keyword) => {
      if (keyword === "$ref" && typeof value === "string") {
        return pointer(names.get(definitionName(value) ?? "") ?? self);
      }
      if (dataKeywords.has(keyword)) return value;
      return namingKeywords.has(keyword) ? mapValues(Object(value), walk) : walk(value);
    });
  };
  return walk(schema) as JsonSchema;
}

function mapValues(record: object, change: (value: unknown, key: string) => unknown) {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, change(value, key)]),
  );
}
