/** A value that is called a secret where it is written. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
  /** Where the value starts in the text. */
  readonly at: number;
}

/** `password: "..."`, `const apiKey: string = '...'`, `"clientSecret": "..."` */
const assignment =
  /(?<![\w$])["'`]?([\w$-]*?(?:password|passwd|passphrase|secret|token|api_?key|access_?key|private_?key|credential)[\w$-]*)["'`]?\]?\s*(?::\s*string\s*)?[:=]\s*(["'`])((?:\\.|(?!\2)[^\\\n]){10,200})\2/gi;

/** What is called so and is none: where a secret is, or what it is called, is no secret. */
const harmlessName =
  /(?:id|name|arn|path|url|uri|header|variable|field|prefix|type|length|limit)s?$/i;

/** Another way to write where it is; and what is filled in later. */
const harmlessValue = /^(?:arn:|\/|\.\.?\/)|:\/\/|\$\{|\{\{|\s|example|changeme|placeholder/i;

/**
 * Finds texts that are called a secret and look like one: letters and digits, without an order. What a
 * person would call by that name otherwise (`nextToken: "PAGE_TOKEN_KEY"`) has no digits.
 */
export function findNamedValues(text: string): NamedValue[] {
  return [...text.matchAll(assignment)].flatMap((match): NamedValue[] => {
    const [whole, name = "", quote = "", value = ""] = match;
    if (harmlessName.test(name) || harmlessValue.test(value) || !looksRandom(value)) return [];
    return [{ name, value, at: match.index + whole.lastIndexOf(quote + value) + 1 }];
  });
}

function looksRandom(value: string): boolean {
  return (
    /[A-Za-z]/.test(value) && /\d/.test(value) && !isWords(value) && bitsPerCharacter(value) >= 3
  );
}

/** `x-aws-ec2-metadata-token`: words of one kind of letters, with one number each at most. */
function isWords(value: string): boolean {
  const words = value.split(/[-_.:]/);
  return words.length > 1 && words.every((word) => wordForm.test(word));
}

const wordForm = /^(?:[A-Z]?[a-z]*\d{0,4}[a-z]*|[A-Z]*\d{0,4}[A-Z]*)$/;

/** Shannon's entropy: 3 for eight characters that are all different, and often less for words. */
function bitsPerCharacter(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => {
    const share = count / value.length;
    return bits - share * Math.log2(share);
  }, 0);
}
