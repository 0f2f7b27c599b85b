import type { Contents } from "./contents.ts";

/** A package, or a file of the service, and what is left of it in a bundle. */
export interface Contributor {
  readonly name: string;
  readonly bytes: number;
}

/** What a bundle consists of, the biggest first. */
export function contributors({ inputs }: Pick<Contents, "inputs">): Contributor[] {
  const sums = new Map<string, number>();
  for (const { path, bytes, package: id } of inputs) {
    const name = id?.name ?? path;
    sums.set(name, (sums.get(name) ?? 0) + bytes);
  }
  return [...sums]
    .map(([name, bytes]) => ({ name, bytes }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
}
