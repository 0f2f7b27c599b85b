/** @typedef {Readonly<Record<string, any>>} Schema JSON Schema, as far as hints need it. */

/**
 * What a reference stands for.
 *
 * @param {Schema} document
 * @param {Schema | undefined} value
 * @returns {Schema}
 */
export function resolve(document, value) {
  let found = value ?? {};
  // A chain of references is short; one that leads in a circle ends too.
  for (let step = 0; step < 10 && typeof found.$ref === "string"; step += 1) {
    const names = found.$ref.replace(/^#\//, "").split("/");
    /** @type {any} */
    let target = document;
    for (const name of names) target = target?.[name.replaceAll("~1", "/").replaceAll("~0", "~")];
    found = target ?? {};
  }
  return found;
}

/**
 * What a value has to be, in words: `text, 1 to 100 characters`.
 *
 * @param {Schema} document
 * @param {Schema | undefined} given
 */
export function hint(document, given) {
  const schema = resolve(document, given);
  const { items, pattern, format } = schema;
  const kind = schema.enum ? `one of ${schema.enum.join(", ")}` : typeWords(schema);
  const of = items === undefined ? "" : ` of ${typeWords(resolve(document, items)) || "values"}`;
  return [
    kind + of,
    range(schema.minLength, schema.maxLength, "characters"),
    range(schema.minItems, schema.maxItems, "entries"),
    range(schema.minimum, schema.maximum, ""),
    format,
    pattern && pattern.length <= 60 ? `like ${pattern}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/**
 * Why a text does not fit a parameter's schema; `""` where it does, or where nothing is known.
 *
 * @param {Schema} document
 * @param {Schema | undefined} given
 * @param {string} value
 */
export function misfit(document, given, value) {
  const { pattern, minLength, maxLength, enum: values } = resolve(document, given);
  if (values !== undefined && !values.includes(value))
    return `has to be one of ${values.join(", ")}`;
  if (value.length < (minLength ?? 0)) return `has to have ${minLength} characters at least`;
  if (value.length > (maxLength ?? Infinity)) return `has to have ${maxLength} characters at most`;
  try {
    if (pattern !== undefined && !new RegExp(pattern, "u").test(value))
      return `has to be like ${pattern}`;
  } catch {
    // A pattern of another dialect says nothing here.
  }
  return "";
}

/** @type {ReadonlyMap<unknown, string>} */
const typeNames = new Map([
  ["string", "text"],
  ["array", "list"],
]);

/** @param {Schema} schema */
function typeWords({ type, const: constant, anyOf, oneOf }) {
  if (constant !== undefined) return JSON.stringify(constant);
  const alternatives = anyOf ?? oneOf;
  if (alternatives !== undefined) return alternatives.map(typeWords).filter(Boolean).join(" or ");
  const words = [type].flat().map((one) => typeNames.get(one) ?? one);
  return words.filter(Boolean).join(" or ");
}

/**
 * @param {number | undefined} from
 * @param {number | undefined} to
 * @param {string} unit
 */
function range(from, to, unit) {
  // Zod states the range of safe integers where none was asked for.
  const isBound = (/** @type {number | undefined} */ one) =>
    one !== undefined && Math.abs(one) < Number.MAX_SAFE_INTEGER;
  if (isBound(from) && isBound(to)) return `${from} to ${to} ${unit}`.trim();
  if (isBound(to)) return `at most ${to} ${unit}`.trim();
  return isBound(from) && from !== 0 ? `at least ${from} ${unit}`.trim() : "";
}
