import { parse } from "@babel/parser";
import { Splices } from "./splices.ts";

/** A module in which variables have other names. What is called the same and is none, a property's name, stays. */
export function withNames(source: string, names: ReadonlyMap<string, string>): string {
  const { tokens } = parse(source, {
    sourceType: "module",
    plugins: ["typescript"],
    tokens: true,
  });
  const splices = new Splices(source);
  const textAt = (at: number) => {
    const token = tokens?.[at];
    return token === undefined ? "" : source.slice(token.start, token.end);
  };
  for (const [at, { start, end }] of (tokens ?? []).entries()) {
    const name = names.get(textAt(at));
    if (name === undefined || textAt(at - 1) === "." || textAt(at + 1) === ":") continue;
    splices.replace(start, end, name);
  }
  return splices.text();
}
