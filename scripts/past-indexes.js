import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * Leads imports of a room's `index.js` to the modules that it names. esbuild gives a command every module that
 * is imported on the way to what it uses: so a command would load each room whole.
 */
export const pastIndexes = {
  name: "past-indexes",
  setup({ onLoad, initialOptions }) {
    const root = path.resolve(initialOptions.outdir, "..");
    const known = new Map();
    onLoad({ filter: /\.js$/ }, ({ path: file }) => {
      if (!file.startsWith(root + path.sep)) return null;
      const folder = path.dirname(file);
      /** The same names, each from the module that has it. */
      const direct = (_, keyword, names, from) => {
        const index = path.resolve(folder, from);
        const modules = modulesOf(index);
        const statements = listOf(names).map(([name, local]) => {
          const [module, original] = modules.get(name) ?? [index, name];
          const relative = path.relative(folder, module).split(path.sep).join("/");
          return `${keyword} { ${original} as ${local} } from "./${relative}";`;
        });
        return statements.join(" ");
      };
      return { contents: readFileSync(file, "utf8").replace(fromIndex, direct) };
    });

    /** By the names that an index exports: the module that has it, and what it is called there. */
    function modulesOf(index) {
      if (known.has(index)) return known.get(index);
      const modules = new Map();
      known.set(index, modules);
      for (const [, names, from] of readFileSync(index, "utf8").matchAll(reExports)) {
        const file = path.resolve(index, "..", from);
        const further = path.basename(file) === "index.js" ? modulesOf(file) : new Map();
        for (const [name, exported] of listOf(names)) {
          modules.set(exported, further.get(name) ?? [file, name]);
        }
      }
      return modules;
    }
  },
};

const fromIndex = /\b(import|export) \{([^}]*)\} from "(\.[^"]*\/index\.js)";/g;
const reExports = /\bexport \{([^}]*)\} from "(\.[^"]*)";/g;

/** `a, b as c` → `[["a", "a"], ["b", "c"]]` */
function listOf(names) {
  return names
    .split(",")
    .map((one) => one.trim().split(/\s+as\s+/))
    .filter(([name]) => name !== "")
    .map(([name, local = name]) => [name, local]);
}
