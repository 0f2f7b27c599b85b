/**
 * Holds every import against the tables of ARCHITECTURE.md, so that the picture cannot drift. The
 * checks are functions from files to violations; the end of this file proves each on made-up files.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "@babel/parser";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const architecture = readFileSync(path.join(root, "ARCHITECTURE.md"), "utf8");
const roomRules = parseTable(architecture, "Room");
const layerRules = parseTable(architecture, "Layer");
const source = readSources(path.join(root, "src"));
const product = readSources(path.join(root, "services/product/src"));

const pureRooms = [
  "answers",
  "adopt",
  "names",
  "errors",
  "manifest",
  "plan",
  "openapi",
  "deploy",
  "pipeline",
  "evaluate",
  "leaks",
  "rehearsal",
  "runbook",
  "generate",
  "scaffold",
  "eject",
];
const roomsThatTouchTheMachine = ["system", "dev", "emulator", "cli"];
const machineModules = ["node:fs", "node:fs/promises", "node:child_process", "node:worker_threads"];
const namesWithoutMeaning = ["utils", "lib", "common", "helpers", "shared"];
const maxHandlerLines = 30;

describe("the rooms of src", () => {
  test("are those of the table in ARCHITECTURE.md, no more and no less", () => {
    expect(partsOf(source)).toEqual([...roomRules.keys()].sort());
  });

  test("import only what the table allows", () => {
    expect(forbiddenImports(source, roomRules)).toEqual([]);
  });

  test("are entered through their index.ts only", () => {
    expect(sideDoors(source)).toEqual([]);
  });

  test("say at the top of their index.ts what they take and give", () => {
    expect(withoutDocComment(source)).toEqual([]);
  });

  test("are pure where they have to be", () => {
    expect(impurities(source, pureRooms)).toEqual([]);
  });

  test("leave files, processes and threads to system, dev, emulator and cli", () => {
    expect(importsOutside(source, machineModules, roomsThatTouchTheMachine)).toEqual([]);
  });

  test("leave esbuild to package", () => {
    expect(importsOutside(source, ["esbuild"], ["package"])).toEqual([]);
  });

  test("leave the AWS SDK to aws", () => {
    const clients = ["cloudwatch", "cloudwatch-logs", "dynamodb", "lambda", "s3", "sts"].map(
      (one) => `@aws-sdk/client-${one}`,
    );
    expect(importsOutside(source, clients, ["aws"])).toEqual([]);
  });

  test("put nothing into a function but names, Node.js and the types of aws-lambda", () => {
    const allowed = new Map([["runtime", parseAllowed("names, node:*, aws-lambda (types)")]]);
    expect(forbiddenImports(onlyPart(source, "runtime"), allowed)).toEqual([]);
  });

  test("have no import cycles", () => {
    expect(cycles(source)).toEqual([]);
  });

  test("have no folder whose name says nothing", () => {
    expect(foldersCalled(source, namesWithoutMeaning)).toEqual([]);
  });
});

describe("the layers of the Product service", () => {
  test("are those of the table in ARCHITECTURE.md, no more and no less", () => {
    expect(partsOf(product)).toEqual([...layerRules.keys()].sort());
  });

  test("import only what the table allows", () => {
    expect(forbiddenImports(product, layerRules)).toEqual([]);
  });

  test("have no import cycles", () => {
    expect(cycles(product)).toEqual([]);
  });

  test("have no folder whose name says nothing", () => {
    expect(foldersCalled(product, namesWithoutMeaning)).toEqual([]);
  });

  test("have handlers of at most 30 lines", () => {
    expect(longerThan(onlyPart(product, "handlers"), maxHandlerLines)).toEqual([]);
  });
});

describe("the checks themselves", () => {
  const rules = parseTable(
    [
      "| Room | Takes | Gives | May import |",
      "|---|---|---|---|",
      "| `index` | nothing | all | `plan` |",
      "| `plan` | a manifest | a plan | `names`, `zod`, `aws-lambda` (types) |",
      "| `names` | nothing | names | nothing |",
      "| `cli` | words | a code | `plan`, `node:*` |",
    ].join("\n"),
    "Room",
  );

  test("read a table of rooms from Markdown", () => {
    expect([...rules.keys()]).toEqual(["index", "plan", "names", "cli"]);
    expect(rules.get("names")).toEqual([]);
    expect(rules.get("plan")).toContainEqual({ name: "aws-lambda", typesOnly: true });
    expect(() => parseTable("no table", "Room")).toThrow("Room");
  });

  test("notice a room that is in no table, and a row without a room", () => {
    const files = new Map([
      ["plan/index.ts", ""],
      ["rogue/index.ts", ""],
      ["names.ts", ""],
    ]);
    expect(partsOf(files)).toEqual(["names", "plan", "rogue"]);
  });

  test("notice an import that the table does not allow", () => {
    const files = new Map([
      ["plan/bad.ts", 'import { run } from "../cli/run.ts";'],
      ["plan/good.ts", 'import { a } from "../names.ts"; import { b } from "./bad.ts";'],
      ["names.ts", 'export * from "./plan/index.ts";'],
      ["cli/main.ts", 'import fs from "node:fs"; import "chokidar"; import x from "zod/mini";'],
    ]);
    expect(forbiddenImports(files, rules)).toEqual([
      "plan/bad.ts -> ../cli/run.ts",
      "names.ts -> ./plan/index.ts",
      "cli/main.ts -> chokidar",
      "cli/main.ts -> zod/mini",
    ]);
  });

  test("notice imports in every form that TypeScript has", () => {
    const forms = [
      'import "./1.ts";',
      'export * from "./2.ts";',
      'export { a } from "./3.ts";',
      'const b = await import("./4.ts");',
      'type C = import("./5.ts").C;',
      'declare module "x" { import type { D } from "./6.ts"; }',
    ];
    expect(importsOf("a.ts", forms.join("\n")).map(({ specifier }) => specifier)).toEqual([
      "./1.ts",
      "./2.ts",
      "./3.ts",
      "./4.ts",
      "./5.ts",
      "./6.ts",
    ]);
  });

  test("let types in where the table says (types), and values not", () => {
    const files = new Map([
      ["plan/a.ts", 'import type { A } from "aws-lambda"; import { type B } from "aws-lambda";'],
      ["plan/b.ts", 'import { handler, type C } from "aws-lambda";'],
      ["plan/c.ts", 'export type { D } from "aws-lambda"; type E = import("aws-lambda").E;'],
      ["plan/d.ts", 'import "aws-lambda";'],
    ]);
    expect(forbiddenImports(files, rules)).toEqual([
      "plan/b.ts -> aws-lambda",
      "plan/d.ts -> aws-lambda",
    ]);
  });

  test("notice an import that leaves the source altogether", () => {
    const files = new Map([["cli/main.ts", 'import p from "../../package.json";']]);
    expect(forbiddenImports(files, rules)).toEqual(["cli/main.ts -> ../../package.json"]);
  });

  test("notice a room that is entered by another door than its index.ts", () => {
    const files = new Map([
      ["cli/main.ts", 'import "../plan/functions.ts"; import "../plan/index.ts"; import "./a.ts";'],
      ["cli/deep/a.ts", 'import "../../plan/deep/index.ts"; import "../../names.ts";'],
      ["index.ts", 'import "./plan/types.ts";'],
    ]);
    expect(sideDoors(files)).toEqual([
      "cli/main.ts -> ../plan/functions.ts",
      "cli/deep/a.ts -> ../../plan/deep/index.ts",
      "index.ts -> ./plan/types.ts",
    ]);
  });

  test("notice an index.ts that says nothing of its room", () => {
    const files = new Map([
      ["plan/index.ts", 'export * from "./a.ts"; /** Too late. */'],
      ["cli/index.ts", "// Not a doc comment.\nexport {};"],
      ["dev/index.ts", "/** What it is. */\nexport {};"],
      ["names.ts", "export const a = 1;"],
      ["testing/only.ts", ""],
    ]);
    expect(withoutDocComment(files)).toEqual([
      "cli/index.ts",
      "names.ts",
      "plan/index.ts",
      "testing/index.ts",
    ]);
  });

  test("notice what is not pure, and leave comments, keys and texts alone", () => {
    const files = new Map([
      ["plan/a.ts", 'import { join } from "node:path";'],
      ["plan/b.ts", "const a = process.env.HOME; const b = Date.now(); const c = Math.random();"],
      ["plan/c.ts", 'console.log("x"); const d = new Date(); const e = globalThis;'],
      ["plan/d.ts", "const { env } = process; f(crypto.randomUUID(), performance.now());"],
      ["plan/ok.ts", "// process\nconst a = { process: 1 }.process; const b = new Date(0);"],
      ["cli/main.ts", "process.exit(1);"],
    ]);
    expect(impurities(files, ["plan"])).toEqual([
      "plan/a.ts -> node:path",
      "plan/b.ts: process",
      "plan/b.ts: Date.now",
      "plan/b.ts: Math.random",
      "plan/c.ts: console",
      "plan/c.ts: new Date()",
      "plan/c.ts: globalThis",
      "plan/d.ts: process",
      "plan/d.ts: crypto",
      "plan/d.ts: performance",
    ]);
  });

  test("notice a module that is used outside the rooms it is for", () => {
    const files = new Map([
      ["package/a.ts", 'import { build } from "esbuild";'],
      ["dev/a.ts", 'import type { Metafile } from "esbuild"; import "node:fs";'],
    ]);
    expect(importsOutside(files, ["esbuild"], ["package"])).toEqual(["dev/a.ts -> esbuild"]);
    expect(importsOutside(files, machineModules, ["dev"])).toEqual([]);
  });

  test("notice a cycle, of types too, and name every file of it", () => {
    const files = new Map([
      ["plan/a.ts", 'import { b } from "./b.ts";'],
      ["plan/b.ts", 'import type { C } from "./c.ts"; import "./d.ts";'],
      ["plan/c.ts", 'export { a } from "./a.ts";'],
      ["plan/d.ts", 'import "node:path"; import "./missing.ts";'],
      ["plan/self.ts", 'import "./self.ts";'],
    ]);
    expect(cycles(files)).toEqual([
      "plan/a.ts -> plan/b.ts -> plan/c.ts -> plan/a.ts",
      "plan/self.ts -> plan/self.ts",
    ]);
  });

  test("notice a folder whose name says nothing", () => {
    const files = new Map([
      ["plan/utils/a.ts", ""],
      ["plan/utils.ts", ""],
      ["shared/a.ts", ""],
    ]);
    expect(foldersCalled(files, namesWithoutMeaning)).toEqual(["plan/utils", "shared"]);
  });

  test("notice a handler that is too long", () => {
    const files = new Map([
      ["handlers/a.ts", "a\n".repeat(30)],
      ["handlers/b.ts", "b\n".repeat(31)],
      ["services/c.ts", "c\n".repeat(99)],
    ]);
    expect(longerThan(onlyPart(files, "handlers"), 30)).toEqual(["handlers/b.ts: 31 lines"]);
  });
});

// --- files to violations -------------------------------------------------------------------------

/** Sources by their path below `src/`, with `/`. */
type Files = ReadonlyMap<string, string>;

/** What each room or layer may import. */
type Rules = ReadonlyMap<string, readonly Allowed[]>;

interface Allowed {
  /** A room, a package, a Node.js module, or `node:*` for all of them. */
  readonly name: string;
  readonly typesOnly: boolean;
}

interface Import {
  readonly file: string;
  /** As written. */
  readonly specifier: string;
  /** The file it means, below `src/`; undefined for a package or a Node.js module. */
  readonly target: string | undefined;
  readonly typesOnly: boolean;
}

/** Imports from one part to another, or to a package, that the rules do not name. */
function forbiddenImports(files: Files, rules: Rules): string[] {
  return allImports(files)
    .filter(({ file, specifier, target, typesOnly }) => {
      const from = partOf(file);
      const to = target === undefined ? specifier : partOf(target);
      if (to === from && target !== undefined) return false;
      return !(rules.get(from) ?? []).some(
        (allowed) =>
          (allowed.name === to || (allowed.name === "node:*" && to.startsWith("node:"))) &&
          (typesOnly || !allowed.typesOnly),
      );
    })
    .map(arrow);
}

function sideDoors(files: Files): string[] {
  return allImports(files)
    .filter(({ file, target }) => {
      if (target === undefined || partOf(file) === partOf(target)) return false;
      return target !== doorOf(partOf(target), target);
    })
    .map(arrow);
}

/** The `index.ts` files, and the rooms that are one file, that do not start with a doc comment. */
function withoutDocComment(files: Files): string[] {
  const doors = [...files.keys()].map((file) => doorOf(partOf(file), file));
  return [...new Set(doors)].sort().filter((door) => !files.get(door)?.startsWith("/**"));
}

const impureNames = ["process", "console", "globalThis", "crypto", "performance", "fetch"];

function impurities(files: Files, rooms: readonly string[]): string[] {
  const pure = [...files].filter(([file]) => rooms.includes(partOf(file)));
  return pure.flatMap(([file, text]) => {
    const found = importsOf(file, text)
      .filter(({ specifier }) => specifier.startsWith("node:"))
      .map(arrow);
    walk(syntaxTree(text), (node, parent) => {
      const name = impureName(node, parent);
      if (name !== undefined) found.push(`${file}: ${name}`);
    });
    return found;
  });
}

function impureName(node: SyntaxNode, parent: SyntaxNode | undefined): string | undefined {
  if (node.type === "MemberExpression") {
    const name = [nameOf(node.object), nameOf(node.property)].join(".");
    return name === "Date.now" || name === "Math.random" ? name : undefined;
  }
  if (node.type === "NewExpression" && nameOf(node.callee) === "Date") {
    return Array.isArray(node.arguments) && node.arguments.length === 0 ? "new Date()" : undefined;
  }
  if (node.type !== "Identifier" || typeof node.name !== "string") return undefined;
  const isProperty =
    (parent?.property === node || parent?.key === node) && parent.computed !== true;
  return impureNames.includes(node.name) && !isProperty ? node.name : undefined;
}

function importsOutside(files: Files, modules: readonly string[], rooms: readonly string[]) {
  return allImports(files)
    .filter(({ file, specifier }) => modules.includes(specifier) && !rooms.includes(partOf(file)))
    .map(arrow);
}

/** Every tangle of imports, as at least one of its cycles. */
function cycles(files: Files): string[] {
  const targets = new Map(
    [...files].map(([file, text]) => [
      file,
      importsOf(file, text).flatMap(({ target }) => (target === undefined ? [] : [target])),
    ]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) {
      found.push([...trail.slice(start), file].join(" -> "));
      return;
    }
    if (done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}

function foldersCalled(files: Files, names: readonly string[]): string[] {
  const folders = [...files.keys()].flatMap((file) => {
    const parts = file.split("/").slice(0, -1);
    return parts.map((_, position) => parts.slice(0, position + 1).join("/"));
  });
  return [...new Set(folders)].filter((folder) => names.includes(path.posix.basename(folder)));
}

function longerThan(files: Files, lines: number): string[] {
  return [...files]
    .map(([file, text]) => ({ file, count: text.trimEnd().split("\n").length }))
    .filter(({ count }) => count > lines)
    .map(({ file, count }) => `${file}: ${count} lines`);
}

// --- parts ---------------------------------------------------------------------------------------

/** The room or layer of a file: its first folder, or its own name at the top. */
function partOf(file: string): string {
  const [first = ""] = file.split("/");
  return first.replace(/\.ts$/, "");
}

function partsOf(files: Files): string[] {
  return [...new Set([...files.keys()].map(partOf))].sort();
}

function onlyPart(files: Files, part: string): Files {
  return new Map([...files].filter(([file]) => partOf(file) === part));
}

/** The one file by which a part is entered. */
function doorOf(part: string, file: string): string {
  return file.includes("/") ? `${part}/index.ts` : `${part}.ts`;
}

function arrow({ file, specifier }: Import): string {
  return `${file} -> ${specifier}`;
}

// --- reading -------------------------------------------------------------------------------------

/** The table whose first column has this heading: first cell to last cell. */
function parseTable(markdown: string, heading: string): Rules {
  const lines = markdown.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  if (start < 0) throw new Error(`There is no table with the heading "${heading}".`);
  const rules = new Map<string, Allowed[]>();
  for (const line of lines.slice(start + 2)) {
    if (!line.startsWith("|")) break;
    const cells = line.split("|").slice(1, -1);
    rules.set(plain(cells.at(0) ?? ""), parseAllowed(cells.at(-1) ?? ""));
  }
  return rules;
}

function parseAllowed(cell: string): Allowed[] {
  const entries = cell.split(",").map(plain);
  return entries
    .filter((entry) => entry !== "nothing")
    .map((entry) => ({
      name: entry.replace(/ \(types\)$/, ""),
      typesOnly: entry.endsWith(" (types)"),
    }));
}

function plain(cell: string): string {
  return cell.replaceAll("`", "").trim();
}

function readSources(directory: string): Files {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(file))
    .sort();
  return new Map(files.map((file) => [file, readFileSync(path.join(directory, file), "utf8")]));
}

function allImports(files: Files): Import[] {
  return [...files].flatMap(([file, text]) => importsOf(file, text));
}

function importsOf(file: string, text: string): Import[] {
  const imports: Import[] = [];
  walk(syntaxTree(text), (node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return;
    const target = specifier.startsWith(".")
      ? path.posix.join(path.posix.dirname(file), specifier)
      : undefined;
    imports.push({ file, specifier, target, typesOnly: isTypesOnly(node) });
  });
  return imports;
}

/** Babel's nodes, as far as this file looks into them. */
interface SyntaxNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

function syntaxTree(text: string): SyntaxNode {
  const file = parse(text, {
    sourceType: "module",
    plugins: ["typescript"],
    createImportExpressions: true,
  });
  return file.program as unknown as SyntaxNode;
}

const importing = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

function specifierOf(node: SyntaxNode): string | undefined {
  if (!importing.has(node.type)) return undefined;
  const literal = node.type === "TSImportType" ? node.argument : node.source;
  return isNode(literal) && typeof literal.value === "string" ? literal.value : undefined;
}

/** True where nothing is left of the import at run time. */
function isTypesOnly(node: SyntaxNode): boolean {
  if (node.type === "TSImportType") return true;
  if (node.importKind === "type" || node.exportKind === "type") return true;
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers : [];
  return (
    specifiers.length > 0 &&
    specifiers.every((one) => one.importKind === "type" || one.exportKind === "type")
  );
}

function nameOf(value: unknown): unknown {
  return isNode(value) ? value.name : undefined;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value;
}

function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parent: SyntaxNode | undefined) => void,
  parent?: SyntaxNode,
): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child) && child.type !== "CommentBlock" && child.type !== "CommentLine") {
        walk(child, visit, node);
      }
    }
  }
}
