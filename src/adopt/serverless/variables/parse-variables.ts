/** `${self:custom.${sls:stage}.name, 'items'}`: what is tried first, then what is tried next. */
export interface Variable {
  /** As it is written, with its braces. */
  readonly raw: string;
  readonly alternatives: readonly Alternative[];
}

/** A literal, or an address whose parts may be variables themselves. */
export type Alternative =
  | { readonly literal: string }
  | { readonly address: readonly (string | Variable)[] };

/**
 * Cuts a text into what is written as it is and Serverless's variables. `${AWS::Region}` and `${Table}` are
 * CloudFormation's, and stay text. Joined again, the parts are the text.
 * @see https://www.serverless.com/framework/docs/guides/variables (2026-11-27)
 */
export function parseVariables(text: string): readonly (string | Variable)[] {
  const parts: (string | Variable)[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const end = text.startsWith("${", at) ? closing(text, at + 2) : undefined;
    const inner = end === undefined ? undefined : text.slice(at + 2, end);
    if (end === undefined || inner === undefined || !isVariable(inner)) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain !== "") parts.push(plain);
    plain = "";
    parts.push({ raw: text.slice(at, end + 1), alternatives: alternativesOf(inner) });
    at = end + 1;
  }
  return plain === "" ? parts : [...parts, plain];
}

/** A source and what it is asked for: `self:service`, `file(./a.yml):b`, `param:x`, `cf(eu-west-1):stack.out`. */
function isVariable(inner: string): boolean {
  return /^\s*(?:[a-zA-Z][\w-]*(?:\([^)]*\))?:(?!:)|(?:file|strToBool)\()/.test(inner);
}

/** Where the brace is closed that was opened before `from`. */
function closing(text: string, from: number): number | undefined {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith("${", at)) open += 1;
    if (text[at] === "}") open -= 1;
    if (open === 0) return at;
  }
  return undefined;
}

function alternativesOf(inner: string): Alternative[] {
  return separated(inner).map((part) => {
    const text = part.trim();
    const quoted = /^(["'])(.*)\1$/s.exec(text)?.[2];
    if (quoted !== undefined) return { literal: quoted };
    if (!isVariable(text) && !text.startsWith("${")) return { literal: text };
    return { address: parseVariables(text) };
  });
}

/** At commas that stand neither in quotes nor in brackets. */
function separated(text: string): string[] {
  const parts = [""];
  let quote = "";
  let open = 0;
  for (const character of text) {
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === "{" || character === "(") open += 1;
    else if (character === "}" || character === ")") open -= 1;
    if (character === "," && quote === "" && open === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}
