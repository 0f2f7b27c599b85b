import { parse } from "@babel/parser";
import { capital, takesAn, type Words } from "./words.ts";

/** What a word stands in decides how it is written where it has more than one part. */
type Place = "code" | "name" | "prose";

/**
 * The text of the Product service, about another entity: in its identifiers, files, routes, keys and sentences.
 *
 * @param source TypeScript that speaks of products, and of nothing else that is called so
 */
export function renamed(source: string, singular: Words, plural: Words): string {
  const spans = spansOf(source);
  let text = "";
  let end = 0;
  for (const span of spans) {
    text += renamedPart(source.slice(end, span.start), "code", singular, plural);
    text += renamedPart(source.slice(span.start, span.end), span.place, singular, plural);
    end = span.end;
  }
  return text + renamedPart(source.slice(end), "code", singular, plural);
}

/** The path of a file, such as `src/handlers/list-products.ts`. */
export function renamedPath(path: string, singular: Words, plural: Words): string {
  return renamedPart(path, "name", singular, plural);
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

/** Comments and texts. What is between them is code. */
function spansOf(source: string): Span[] {
  const { tokens, comments } = parse(source, {
    sourceType: "module",
    plugins: ["typescript"],
    tokens: true,
  });
  const isComment = (type: string) => type === "CommentLine" || type === "CommentBlock";
  const texts = (tokens ?? [])
    .filter(({ type }) => !isComment(type) && ["string", "template"].includes(type.label))
    .map(({ start, end }) => {
      const text = source.slice(start, end);
      return { start, end, place: text.trim().includes(" ") ? "prose" : "name" } as const;
    });
  const said = (comments ?? []).map(({ start, end }) => ({
    start: start ?? 0,
    end: end ?? 0,
    place: "prose" as const,
  }));
  return [...texts, ...said].sort((a, b) => a.start - b.start);
}

const word = /(?<article>\b[Aa] )?(?<!\w(?=product))(?<word>PRODUCTS?|Products?|products?)/g;

function renamedPart(text: string, place: Place, singular: Words, plural: Words): string {
  return text.replace(word, (_, article: string | undefined, found: string, at: number) => {
    const words = /s$/i.test(found) ? plural : singular;
    const start = at + (article?.length ?? 0);
    const before = text.charAt(start - 1);
    const after = text.charAt(start + found.length);
    const an = article && takesAn(words.prose) ? `${article.trim()}n ` : (article ?? "");
    if (found === found.toUpperCase()) return an + words.upper;
    const isCapital = found.startsWith("P");
    // A part of a longer identifier, wherever that stands.
    if (/\w/.test(before) || /\w/.test(after)) return an + (isCapital ? words.pascal : words.camel);
    if (before === "-" || (after === "-" && /\w/.test(text.charAt(start + found.length + 1)))) {
      return an + words.kebab;
    }
    if (place === "code") return an + (isCapital ? words.pascal : words.camel);
    const isPart = /[/:]/.test(before) || after === ":" || after === "/";
    if (isPart || place === "name") return an + (isCapital ? words.pascal : words.kebab);
    return an + (isCapital ? capital(words.prose) : words.prose);
  });
}
