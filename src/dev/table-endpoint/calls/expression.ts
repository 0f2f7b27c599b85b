/** A word of an expression: a name, `#placeholder`, `:value`, number or sign. */
export type Token = string;

const tokens = /[#:]?[A-Za-z0-9_-]+|<>|<=|>=|[^\s]/g;

/** Splits any of DynamoDB's expressions into words; white space does not count. */
export function tokenize(expression: string): Token[] {
  return expression.match(tokens) ?? [];
}

/** The attribute behind a name or `#placeholder`; undefined for a sign, or a placeholder nobody explains. */
export function attributeOf(token: Token | undefined, names: Readonly<Record<string, unknown>>) {
  if (token === undefined || !/^#?[A-Za-z0-9_-]/.test(token)) return undefined;
  if (!token.startsWith("#")) return token;
  const name = names[token];
  return typeof name === "string" ? name : undefined;
}
