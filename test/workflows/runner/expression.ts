/**
 * GitHub's expressions, as far as our workflows go: contexts, texts, `==`, `!=`, `!`, `&&`, `||` and brackets, and
 * the functions that ask how a job is doing. What is not among these throws: a guess would prove nothing.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
export type Value = string | boolean | null | { readonly [name: string]: unknown };

export interface Scope {
  /** Such as `github` and `inputs`. */
  readonly contexts: Readonly<Record<string, unknown>>;
  /** Such as `success`. */
  readonly functions: Readonly<Record<string, () => boolean>>;
}

/** A text with `${{ }}` in it, filled in. */
export function fillIn(text: string, scope: Scope): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) => textOf(evaluate(inner, scope)));
}

export function isTrue(text: string, scope: Scope): boolean {
  const value = evaluate(text.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, "$1"), scope);
  return value !== "" && value !== false && value !== null;
}

export function evaluate(text: string, scope: Scope): Value {
  const tokens = tokenize(text);
  let at = 0;
  const take = (token: string) => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };
  const value = or();
  if (at < tokens.length) throw new Error(`this is not known here: ${tokens[at]} in ${text}`);
  return value;

  // && and || give one of their sides, as in JavaScript.
  function or(): Value {
    let left = and();
    while (take("||")) {
      const right = and();
      left = left || right;
    }
    return left;
  }
  function and(): Value {
    let left = equal();
    while (take("&&")) {
      const right = equal();
      left = left && right;
    }
    return left;
  }
  function equal(): Value {
    const left = one();
    if (take("==")) return isEqual(left, one());
    return take("!=") ? !isEqual(left, one()) : left;
  }
  function one(): Value {
    if (take("!")) return !one();
    if (take("(")) {
      const inner = or();
      if (!take(")")) throw new Error(`a bracket is missing in ${text}`);
      return inner;
    }
    const token = tokens[at] ?? "";
    at += 1;
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (token === "true" || token === "false") return token === "true";
    if (take("(")) {
      const call = scope.functions[token];
      if (call === undefined || !take(")"))
        throw new Error(`${token}() is not known here: ${text}`);
      return call();
    }
    return lookUp(token, scope, text);
  }
}

function tokenize(text: string): string[] {
  const known = /\s*('(?:[^']|'')*'|==|!=|&&|\|\||[!()]|[A-Za-z_][\w-]*(?:\.[\w-]+)*)/y;
  const tokens: string[] = [];
  while (known.lastIndex < text.trimEnd().length) {
    const start = known.lastIndex;
    const [, token] = known.exec(text.trimEnd()) ?? [];
    if (token === undefined) throw new Error(`this is not known here: ${text.slice(start).trim()}`);
    tokens.push(token);
  }
  return tokens;
}

/** What is not there is null to GitHub; in ours, it is a misspelling, except in an event and in settings. */
function lookUp(path: string, { contexts }: Scope, text: string): Value {
  const [first = "", ...rest] = path.split(".");
  let value: unknown = contexts[first];
  if (!Object.hasOwn(contexts, first)) throw new Error(`${first} is not known here: ${text}`);
  const mayLack = first === "vars" || path.startsWith("github.event.");
  for (const name of rest) {
    const isThere = typeof value === "object" && value !== null && Object.hasOwn(value, name);
    if (!isThere && !mayLack) throw new Error(`there is no ${path}: ${text}`);
    value = isThere ? (value as Record<string, unknown>)[name] : null;
  }
  return value as Value;
}

function isEqual(left: Value, right: Value): boolean {
  if (typeof left === "string" && typeof right === "string") {
    return left.toLowerCase() === right.toLowerCase();
  }
  if (typeof left === typeof right || left === null || right === null) return left === right;
  throw new Error(`how ${textOf(left)} and ${textOf(right)} compare is not known here`);
}

function textOf(value: Value): string {
  if (typeof value === "object" && value !== null) throw new Error("an object is no text here");
  return value === null ? "" : String(value);
}
