import { readFile } from "node:fs/promises";
import path from "node:path";

/**
 * Leads imports of a room's `index.js` to the modules that it names. esbuild gives a command every module that
 * is imported on the way to what it uses: so a command would load each room whole.
 */
export const pastIndexes = {
  name: "past-indexes",
  setup({ onLoad, initialOptions }) {
    const root = path.resolve(initialOptions.outdir, "..");
    const named = new Map();
    onLoad({ filter: /\.js$/ }, async ({ path: file }) => {
      if (!file.startsWith(root + path.sep)) return null;
      const source = await readFile(file, "utf8");
      const parts = source.split(fromIndex);
      if (parts.length === 1) return null;
      let contents = parts[0];
      for (let at = 1; at < parts.length; at += 4) {
        const [keyword, names, index, rest] = parts.slice(at, at + 4);
        contents += (await direct(keyword, names, path.resolve(file, "..", index), file)) + rest;
      }
      return { contents };
    });

    /** The same names, each from the module that has it. */
    async function direct(keyword, names, index, file) {
      const modules = await modulesOf(index);
      const statements = listOf(names).map(([name, local]) => {
        const [from, original] = modules.get(name) ?? [index, name];
        const relative = path.relative(path.dirname(file), from).split(path.sep).join("/");
        return `${keyword} { ${original} as ${local} } from "./${relative}";`;
      });
      return statements.join(" ");
    }

    /** By the names that an index exports: the module that has it, and what it is called there. */
    function modulesOf(index) {
      const known = named.get(index) ?? readIndex(index);
      named.set(index, known);
      return known;
    }

    async function readIndex(index) {
      const modules = new Map();
      for (const [, , names, from] of (await readFile(index, "utf8")).matchAll(reExports)) {
        const file = path.resolve(index, "..", from);
        const further = path.basename(file) === "index.js" ? await modulesOf(file) : new Map();
        for (const [name, exported] of listOf(names)) {
          modules.set(exported, further.get(name) ?? [file, name]);
        }
      }
      return modules;
    }
  },
};

const fromIndex = /\b(import|export) \{([^}]*)\} from "(\.[^"]*\/index\.js)";/;
const reExports = /\b(export) \{([^}]*)\} from "(\.[^"]*)";/g;

/** `a, b as c` → `[["a", "a"], ["b", "c"]]` */
function listOf(names) {
  return names
    .split(",")
    .map((one) => one.trim().split(/\s+as\s+/))
    .filter(([name]) => name !== "")
    .map(([name, local = name]) => [name, local]);
}
