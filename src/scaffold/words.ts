/** A name in each of the forms that it has in a service. */
export interface Words {
  /** `orderLine` */
  readonly camel: string;
  /** `OrderLine` */
  readonly pascal: string;
  /** `order-line` */
  readonly kebab: string;
  /** `ORDER_LINE` */
  readonly upper: string;
  /** `order line` */
  readonly prose: string;
}

/** @param kebab such as `order-line` */
export function wordsOf(kebab: string): Words {
  const parts = kebab.split("-");
  const pascal = parts.map(capital).join("");
  return {
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    pascal,
    kebab,
    upper: kebab.toUpperCase().replaceAll("-", "_"),
    prose: parts.join(" "),
  };
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether it is in kebab-case, such as `order-line`. */
export function isKebab(name: string): boolean {
  return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name);
}

/** `maxPrice` → `max price` */
export function proseOf(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** By the rules that most English words follow; whoever has another one says so. */
export function pluralOf(kebab: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(kebab)) return `${kebab}es`;
  if (/[^aeiou]y$/.test(kebab)) return `${kebab.slice(0, -1)}ies`;
  return `${kebab}s`;
}

/** @see pluralOf */
export function singularOf(kebab: string): string {
  if (/[^aeiou]ies$/.test(kebab)) return `${kebab.slice(0, -3)}y`;
  if (/(?:x|z|ch|sh|ss)es$/.test(kebab)) return kebab.slice(0, -2);
  return /[^s]s$/.test(kebab) ? kebab.slice(0, -1) : kebab;
}

/** Whether it is `an` that stands before it. */
export function takesAn(prose: string): boolean {
  return /^(?:[aeio]|u(?!ni|s|ti|r[ai]))/.test(prose);
}
