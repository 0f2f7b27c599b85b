import type { FieldError } from "./http-error.ts";
import { ValidationError } from "./validation-error.ts";

/**
 * A schema of any library that follows Standard Schema, such as zod, valibot or arktype.
 * @see https://standardschema.dev
 */
export interface StandardSchema<Output> {
  readonly "~standard": {
    validate(value: unknown): Result<Output> | Promise<Result<Output>>;
  };
}

type Result<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * Turns an unknown value into a typed one.
 *
 * @param field What the value itself is called in an error, such as `productId`; a body's fields are
 * named by their paths.
 * @throws {ValidationError} 400 with every field that is wrong
 */
export function validate<Output>(
  schema: StandardSchema<Output>,
  value: unknown,
  field = "body",
): Output {
  const result = schema["~standard"].validate(value);
  if (result instanceof Promise) throw new TypeError("validate() needs a synchronous schema");
  if (result.issues === undefined) return result.value;
  throw new ValidationError(result.issues.flatMap((issue) => fieldErrors(issue, field)));
}

function fieldErrors(issue: Issue, field: string): FieldError[] {
  const path = fieldPath(issue.path ?? []);
  // Zod reports unknown keys at their parent, with their names beside the path.
  if ("keys" in issue && Array.isArray(issue.keys)) {
    return issue.keys.map((key) => ({
      field: path === "" ? String(key) : `${path}.${key}`,
      message: "is not a known field",
    }));
  }
  return [{ field: path === "" ? field : path, message: issue.message }];
}

/** `["features", 2, "name"]` → `features[2].name` */
function fieldPath(path: NonNullable<Issue["path"]>): string {
  return path
    .map((part) => (typeof part === "object" ? part.key : part))
    .reduce<string>((text, key) => {
      if (typeof key === "number") return `${text}[${key}]`;
      return text === "" ? String(key) : `${text}.${String(key)}`;
    }, "");
}
