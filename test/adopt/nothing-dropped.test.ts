/** A key that nobody knows, put anywhere into a source, is listed, at its place or as part of what is listed whole. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { isMap, isScalar, type Node, parseDocument, visit, YAMLMap } from "yaml";
import { adopt } from "../../src/adopt/index.ts";
import { site } from "./adopted.ts";

const folder = fileURLToPath(new URL("fixtures", import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => /(?:template\.(?:yaml|json)|serverless\.yml)$/.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(folder, file), "utf8") }));

const marker = "zzUnheardOf";

interface Mutant {
  readonly text: string;
  /** Where a marker was put, and its name. */
  readonly marked: readonly { readonly where: string; readonly name: string }[];
}

/**
 * Puts a marker of its own into each map of the source, an eighth of the maps at a time; but into an intrinsic
 * function, which it would undo.
 */
function mutants(text: string): Mutant[] {
  const places: (string | number)[][] = [];
  visit(parseDocument(text, { logLevel: "silent" }), {
    Map(_, map, ancestors) {
      const isIntrinsic = map.items.length === 1 && /^(?:Ref|Fn::)/.test(String(map.items[0]?.key));
      if (!isIntrinsic && map.tag === undefined) places.push(pathOf([...ancestors, map] as Node[]));
    },
  });
  const eighths = Array.from({ length: 8 }, (_, eighth) =>
    places.filter((_place, position) => position % 8 === eighth),
  );
  return eighths.map((some) => {
    const copy = parseDocument(text, { logLevel: "silent" });
    const marked = some.map((place, position) => {
      const map = place.length === 0 ? copy.contents : copy.getIn(place);
      if (!isMap(map)) throw new Error(`no map at ${place.join(".")}`);
      map.set(`${marker}${position}x`, "said");
      return { where: place.join("."), name: `${marker}${position}x` };
    });
    return { text: copy.toString(), marked };
  });
}

function pathOf(nodes: readonly Node[]): (string | number)[] {
  return nodes.flatMap((node, position): (string | number)[] => {
    const next = nodes[position + 1];
    if (next === undefined) return [];
    if (node instanceof YAMLMap) return [];
    if ("key" in node && "value" in node) {
      const { key } = node as unknown as { key: unknown };
      return isScalar(key) ? [String(key.value)] : [];
    }
    if ("items" in node) return [(node as unknown as { items: unknown[] }).items.indexOf(next)];
    return [];
  });
}

describe.each(sources)("$file", ({ file, text }) => {
  it("drops nothing in silence", () => {
    const all = mutants(text);
    expect(all.flatMap(({ marked }) => marked).length).toBeGreaterThan(5);
    const silent = all.flatMap((mutant) => {
      const { losses, text: written } = adopt(
        {
          file: "source",
          text: mutant.text,
          folderName: "service",
          readFile: (one) => {
            const beside = path.join(folder, path.dirname(file), one);
            return /\.yml$/.test(one) ? readFileSync(beside, "utf8") : undefined;
          },
          hasFile: () => true,
          toSource: "",
        },
        site,
      );
      const paths = losses.map((loss) => loss.path.replace(/\[(\d+)\]/g, ".$1"));
      const isListed = ({ where, name }: Mutant["marked"][number]) =>
        paths.some(
          (one) => one.endsWith(name) || (one !== "" && `${where}.`.startsWith(`${one}.`)),
        );
      // A tag may be called anything, and is carried over.
      return mutant.marked.filter((one) => !written.includes(one.name) && !isListed(one));
    });
    expect(silent.map(({ where }) => where)).toEqual([]);
  });
});
