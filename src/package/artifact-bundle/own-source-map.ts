import { standIn } from "../dependencies/dependencies-outside.ts";

/**
 * A source map without the text of the modules that stand for packages. Nobody wrote them, and what they
 * list depends on the other functions that are built at the same time.
 */
export function ownSourceMap(bytes: Uint8Array): Uint8Array {
  const map = JSON.parse(new TextDecoder().decode(bytes));
  const isStandIn = (source: string) => source.startsWith(`${standIn}:`);
  const sourcesContent = map.sourcesContent.map((content: string, position: number) =>
    isStandIn(map.sources[position]) ? null : content,
  );
  return new TextEncoder().encode(JSON.stringify({ ...map, sourcesContent }));
}
