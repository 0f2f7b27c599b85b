/**
 * Compares the documents with the code that they describe, so that neither can change alone.
 */
import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { commonOptions } from "../src/cli/command.ts";
import { parseInput } from "../src/cli/parse-input.ts";
import { startDynalite } from "../src/dev/engine/dynalite/dynalite.ts";
import { lackedByAll } from "../src/dev/engine/engine.ts";
import { newScripts } from "../src/eject/index.ts";
import { errorCodes, exitCodes, problemCodes } from "../src/errors/index.ts";
import { factsOf, type Meter, meterNames, pricesOf, priceTable } from "../src/evaluate/index.ts";
import { defaults } from "../src/manifest/defaults.ts";
import { logRetentionDays, regions } from "../src/manifest/facts.ts";
import { manifestSchema } from "../src/manifest/schema.ts";
import { tableName, tableVariable } from "../src/names.ts";
import { commandWords } from "../src/runbook/index.ts";
import { startLocalService } from "../src/testing/index.ts";
import { commandOf, commands } from "./all-commands.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const packageJson = JSON.parse(read("package.json"));

describe("docs/reference/errors.md", () => {
  const document = read("docs/reference/errors.md");
  const [errors = "", problems = ""] = document.split(/^## Problems$/m);

  test("has every error code, and no other", () => {
    expect([...sections(errors, 3).keys()].sort()).toEqual(Object.keys(errorCodes).sort());
  });

  test("has every problem code, and no other", () => {
    expect([...sections(problems, 3).keys()].sort()).toEqual(Object.keys(problemCodes).sort());
  });

  test("states each error's exit code", () => {
    const stated = [...sections(errors, 3)].map(([code, text]) => [
      code,
      Number(/^Exit code (\d+)\./m.exec(text)?.[1]),
    ]);
    expect(Object.fromEntries(stated)).toEqual(errorCodes);
  });

  test("says of each problem what the catalogue says", () => {
    const other = [...sections(problems, 3)].filter(([code, text]) => {
      const meaning = problemCodes[code as keyof typeof problemCodes];
      return !text.toLowerCase().includes(meaning.toLowerCase());
    });
    expect(other.map(([code]) => code)).toEqual([]);
  });

  test("says of each code why it comes and what to do, with an example", () => {
    const incomplete = [...sections(errors, 3), ...sections(problems, 3)].filter(
      ([, text]) => !/^- Why: .*^- What to do: .*^```$.*^ *fix: .*^```$/ms.test(text),
    );
    expect(incomplete.map(([code]) => code)).toEqual([]);
  });
});

describe("docs/reference/commands.md", () => {
  const document = read("docs/reference/commands.md");
  const parts = sections(document, 2);
  const common = parts.get("Options of every command") ?? "";

  test("has every command, and no other", () => {
    const [, , ...names] = parts.keys(); // after the two sections that are about all of them
    expect(names).toEqual(commands.map(({ name }) => name));
  });

  test("has every option of every command, and no other", () => {
    for (const { name, options } of commands) {
      expect(optionsIn(parts.get(name) ?? ""), name).toEqual(described(options));
    }
  });

  test("has the options that every command has", () => {
    expect(optionsIn(common)).toEqual(described(commonOptions));
  });

  test("has every example of the help", () => {
    for (const { name, examples } of commands) {
      for (const example of examples) expect(parts.get(name)).toContain(`\n${example}\n`);
    }
  });

  test("has every exit code, under its name", () => {
    const rows = tableRows(parts.get("Exit codes") ?? "");
    const stated = rows.map(([code = "", name = ""]) => [plain(name), Number(code)]);
    expect(Object.fromEntries(stated)).toEqual(exitCodes);
  });
});

describe("docs/reference/manifest.md", () => {
  const document = read("docs/reference/manifest.md");
  const stated = new Map(
    tableRows(document).map(([key = "", type = "", byDefault = "", meaning = ""]) => [
      withStars(plain(key)),
      { byDefault, text: [type, byDefault, meaning].join(" ") },
    ]),
  );
  const keys = schemaKeys(manifestSchema);

  test("names every key that the schema has, and no other", () => {
    expect([...stated.keys()].sort()).toEqual([...keys.keys()].sort());
  });

  test("says which keys are required", () => {
    const wrong = [...keys].filter(([key, schema]) => {
      const isRequired = !schema.safeParse(undefined).success;
      return isRequired !== (stated.get(key)?.byDefault === "required");
    });
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  test("states the defaults of defaults.ts and names.ts, and no others", () => {
    const { stage, cors, throttling, existing, secretStore, ...rest } = defaults;
    const expected = {
      ...leaves({ ...rest, api: { stage, cors, throttling } }),
      "secrets.*.store": [secretStore],
      "tables.*.existing": [String(existing)],
      "tables.*.name": [tableName("{prefix}", "{service}", "{table}", "{environment}")],
      "tables.*.variable": [tableVariable("{TABLE}")],
    };
    const found = [...stated]
      .map(([key, { byDefault }]) => [key, codeSpans(byDefault)] as const)
      .filter(([, values]) => values.length > 0);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test("states every limit of a number or a text", () => {
    const missing = [...keys].flatMap(([key, schema]) =>
      limits(schema)
        .filter((limit) => !new RegExp(`\\b${limit}\\b`).test(digits(stated.get(key)?.text ?? "")))
        .map((limit) => `${key}: ${limit}`),
    );
    expect(missing).toEqual([]);
  });

  test("names every value of a list", () => {
    const long: readonly unknown[] = [...logRetentionDays, ...regions];
    const spans = codeSpans(document);
    expect(long.map(String).filter((value) => !spans.includes(value))).toEqual([]);
    const missing = [...keys].flatMap(([key, schema]) => {
      const known = codeSpans(stated.get(key)?.text ?? "");
      return values(schema)
        .filter((value) => !long.includes(value) && !known.includes(String(value)))
        .map((value) => `${key}: ${value}`);
    });
    expect(missing).toEqual([]);
  });

  test("has the source of everything that is AWS's", () => {
    const sources = [...read("src/manifest/facts.ts").matchAll(/@see (\S+)/g)];
    expect(sources.length).toBeGreaterThan(0);
    const missing = sources.map(([, url = ""]) => url).filter((url) => !document.includes(url));
    expect(missing).toEqual([]);
  });
});

describe("docs/reference/local.md", () => {
  const document = read("docs/reference/local.md");

  test("lists what the embedded engines lack", async () => {
    const dynalite = await startDynalite({ dataDirectory: undefined });
    await dynalite.stop();
    expect(dynalite.lacks).toEqual(expect.arrayContaining([...lackedByAll]));
    expect(dynalite.lacks.filter((lack) => !document.includes(lack))).toEqual([]);
  });
});

describe("docs/reference/cost.md", () => {
  const [, prices = ""] = read("docs/reference/cost.md").split(/^## Prices$/m);
  const said = (value: number | string) => Number(value).toLocaleString("en-US");
  const tiersOf = (region: string, meter: Meter) => {
    const tiers = pricesOf(region)[meter];
    const texts = tiers.map(({ upTo, usd }) => {
      if (upTo !== null) return `${usd} up to ${said(upTo)}`;
      return tiers.length === 1 ? usd : `${usd} beyond`;
    });
    return texts.join("; ");
  };

  test("has every price that the code has, and where it is from", () => {
    const rows = tableRows(prices).map(([what = "", ...cells]) => [plain(what), ...cells]);
    expect(rows).toEqual(
      meterNames.map((meter) => {
        const { what, free, source } = factsOf(meter);
        const regions = Object.keys(priceTable.regions).map((region) => tiersOf(region, meter));
        const given = free === undefined ? "-" : said(free);
        return [plain(`\`${meter}\`: ${what}`), ...regions, given, `[AWS](${source})`];
      }),
    );
    expect(read("docs/reference/cost.md")).toContain(`Prices are of ${priceTable.version}`);
  });
});

describe("docs/decisions", () => {
  const files = readdirSync(path.join(root, "docs/decisions")).filter((file) => /^\d/.test(file));

  test("are all in the index, under their titles", () => {
    const index = tableRows(`\n${read("docs/decisions/README.md")}`);
    const expected = files.map((file) => [
      `[${file.slice(0, 4)}](${file})`,
      /^# \d{4}\. (.*)$/m.exec(read(`docs/decisions/${file}`))?.[1],
    ]);
    expect(index).toEqual(expected);
  });

  test("say what the context, the decision and the evidence were, and what would change our mind", () => {
    const parts = ["Context", "Decision", "What would change our mind"];
    const incomplete = files.filter((file) => {
      const text = read(`docs/decisions/${file}`);
      const evidence = file.startsWith("0003") || text.includes("**Evidence.**");
      return !evidence || !parts.every((part) => text.includes(`**${part}.**`));
    });
    expect(incomplete).toEqual([]);
  });

  test("have a line for every dependency, with its licence", () => {
    const service = JSON.parse(read("services/product/package.json"));
    const names = [packageJson, service].flatMap((one) =>
      Object.keys({ ...one.dependencies, ...one.devDependencies, ...one.optionalDependencies }),
    );
    const rows = tableRows(read("docs/decisions/0003-dependencies.md"));
    expect(rows.map(([name = ""]) => plain(name)).sort()).toEqual(names.sort());
    for (const [name = "", licence = ""] of rows) {
      const file = `node_modules/${plain(name)}/package.json`;
      if (!existsSync(path.join(root, file))) continue;
      expect(JSON.parse(read(file)).license.replace(/[()]/g, ""), name).toBe(licence);
    }
  });
});

describe("README.md", () => {
  const document = read("README.md");

  test("gives a newcomer two commands, which are scripts of package.json", () => {
    for (const [command, script] of [
      ["npm ci && npm start", "start"],
      ["npm ci && npm test", "test"],
    ] as const) {
      expect(document).toContain(`\n${command} `);
      expect(packageJson.scripts).toHaveProperty(script);
    }
  });

  test("shows a manifest that is the Product service's", () => {
    const [excerpt = ""] = fences(document, "ts");
    const manifest = read("services/product/service.ts").split("\n");
    const lines = excerpt.split("\n").filter((line) => !line.trim().startsWith("//"));
    expect(lines.filter((line) => !manifest.includes(line))).toEqual([]);
  });

  test("draws nothing wider than 80 columns", () => {
    const pictures = [...fences(document, ""), ...fences(read("ARCHITECTURE.md"), "")];
    expect(pictures.length).toBeGreaterThan(2);
    expect(pictures.join("\n").split("\n").filter(tooWide)).toEqual([]);
  });

  test.skipIf(spawnSync("curl", ["--version"]).status !== 0)(
    "shows a session that works as it is printed",
    async () => {
      const [, session = ""] = fences(document, "sh");
      const service = await startLocalService(path.join(root, "services/product"));
      try {
        const script = session
          .replaceAll("http://127.0.0.1:3000", service.url)
          // What it prints is for a dev that keeps its data; this one cannot be found.
          .replace("$(npx lambdakit token --service services/product)", await service.token());
        const { stdout } = await promisify(execFile)("/bin/sh", ["-euc", script]);
        const statuses = [...stdout.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status);
        expect(statuses).toEqual(["200", "200", "412", "401", "204"]);
        expect(stdout).toMatch(/"price":"99.99".*"count":1}\n/);
        expect(stdout).toContain('ETag: "1"');
        expect(stdout).toContain('"price":"149.99"');
        expect(stdout).toMatch(/{"products":\[\],"count":0}\n$/);
      } finally {
        await service.stop();
      }
    },
    60_000,
  );
});

describe("every Markdown file", () => {
  const files = markdownFiles();

  test("links to files and headings that exist", () => {
    const broken = files.flatMap((file) =>
      links(read(file))
        .filter((link) => !linkExists(file, link))
        .map((link) => `${file} -> ${link}`),
    );
    expect(broken).toEqual([]);
  });

  test("names only paths that exist", () => {
    const missing = files.flatMap((file) =>
      codeSpans(withoutFences(read(file)))
        .filter((span) => /^(src|services|test|docs|bench)\/[\w./-]+$/.test(span))
        .filter((span) => ![root, productRoot].some((one) => existsSync(path.join(one, span))))
        .map((span) => `${file}: ${span}`),
    );
    expect(missing).toEqual([]);
  });

  test("types only commands that the command line takes", () => {
    const refused = files.flatMap((file) =>
      typedCommands(read(file)).flatMap((typed) => {
        const problem = problemOf(commandWords(typed));
        return problem === undefined ? [] : [`${file}: ${typed}: ${problem}`];
      }),
    );
    expect(refused).toEqual([]);
  });

  test("names only scripts that package.json has, here or in an ejected service", () => {
    const scripts = { ...packageJson.scripts, ...newScripts };
    const missing = files.flatMap((file) =>
      [...read(file).matchAll(/\bnpm run ([\w:-]+)/g)]
        .filter(([, script = ""]) => !Object.hasOwn(scripts, script))
        .map(([command]) => `${file}: ${command}`),
    );
    expect(missing).toEqual([]);
  });
});

/** Lines of shell sessions that begin with the command line, without what a shell makes of their ends. */
function typedCommands(document: string): string[] {
  const sessions = [...document.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text);
  return sessions
    .join("\n")
    .replaceAll("\\\n", " ")
    .split("\n")
    .flatMap((line) => {
      const [, typed] =
        /^(?:npx )?lambdakit (.*?)(?:\s+(?:#|\||<|>|&&).*)?$/.exec(line.trim()) ?? [];
      return typed === undefined ? [] : [typed.replaceAll("'", '"')];
    });
}

/** Why the command line does not take these words; undefined where it does. */
function problemOf(words: readonly string[]): string | undefined {
  const named = commandOf(words);
  if (named === undefined) return words[0]?.startsWith("--") ? undefined : "no such command";
  try {
    parseInput(named.command, named.rest);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const productRoot = path.join(root, "services/product");

// --- Markdown ------------------------------------------------------------------------------------

/** The text below each heading of a level, by the heading. */
function sections(document: string, level: number): Map<string, string> {
  const mark = "#".repeat(level);
  const [, ...parts] = document.split(new RegExp(`^${mark} (.*)$`, "m"));
  const all = new Map<string, string>();
  for (let position = 0; position < parts.length; position += 2) {
    all.set(parts[position] ?? "", parts[position + 1] ?? "");
  }
  return all;
}

/** The cells of every table's rows, without the headings. */
function tableRows(document: string): string[][] {
  const tables = document.match(/^\|.*\|\n\|[-|]+\|\n(?:\|.*\|\n?)*/gm) ?? [];
  return tables.flatMap((table) =>
    table
      .trimEnd()
      .split("\n")
      .slice(2)
      .map((row) =>
        row
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map((cell) => cell.trim().replaceAll("\\|", "|")),
      ),
  );
}

function fences(document: string, language: string): string[] {
  return [...document.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , text = ""]) => text.trimEnd());
}

function withoutFences(document: string): string {
  return document.replace(/^ *```[\s\S]*?^ *```$/gm, "");
}

function codeSpans(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
}

function links(document: string): string[] {
  return [...withoutFences(document).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function linkExists(from: string, link: string): boolean {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? from : path.join(path.dirname(from), file);
  if (!existsSync(path.join(root, target))) return false;
  return anchor === undefined || anchors(read(target)).includes(anchor);
}

/** As GitHub makes them. */
function anchors(document: string): string[] {
  return [...withoutFences(document).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}

function markdownFiles(directory = ""): string[] {
  const skipped = new Set(["node_modules", "dist", "coverage"]);
  return readdirSync(path.join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(directory, entry.name);
    if (entry.isDirectory()) {
      const isOurs = !entry.name.startsWith(".") && !skipped.has(entry.name);
      return isOurs ? markdownFiles(file) : [];
    }
    return entry.name.endsWith(".md") ? [file] : [];
  });
}

function plain(cell: string): string {
  return cell.replaceAll("`", "");
}

/** Columns as a terminal shows them; all that is drawn is one column wide. */
function tooWide(line: string): boolean {
  return [...line].length > 80;
}

// --- commands ------------------------------------------------------------------------------------

type Options = (typeof commands)[number]["options"];

/** `--port N` and its default, for each option, as a document has to state them. */
function described(options: Options): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      if (option.type === "flag") return [`--${name}`, "off"];
      const value = option.type === "choice" ? option.choices.join("|") : option.placeholder;
      return [`--${name} ${value}`, option.default ?? "none"];
    }),
  );
}

function optionsIn(text: string): Record<string, string> {
  const rows = tableRows(text).filter(([option = ""]) => option.startsWith("`--"));
  return Object.fromEntries(
    rows.map(([option = "", , byDefault = ""]) => [plain(option), plain(byDefault)]),
  );
}

// --- the manifest's schema -----------------------------------------------------------------------

/** `tables.<table>.name` → `tables.*.name` */
function withStars(key: string): string {
  return key.replace(/<[^>]+>/g, "*");
}

/** Every key of every object in a schema, by its path; a chosen name is `*`. */
function schemaKeys(schema: z.ZodType, at = ""): Map<string, z.ZodType> {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodRecord) return schemaKeys(inner.valueType as z.ZodType, `${at}.*`);
  if (inner instanceof z.ZodArray) return schemaKeys(inner.element as z.ZodType, `${at}[]`);
  if (!(inner instanceof z.ZodObject)) return new Map();
  return new Map(
    Object.entries(inner.shape).flatMap(([name, value]) => {
      const key = normal(at === "" ? name : `${at}.${name}`);
      return [[key, value as z.ZodType] as const, ...schemaKeys(value as z.ZodType, key)];
    }),
  );
}

/** What stands in several places is documented once. */
function normal(key: string): string {
  return key
    .replace(/^environments\.(dev|sit|prod)/, "environments.*")
    .replace(/^.*\.(?:partitionKey|sortKey)\./, "*.");
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const wraps =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault;
  if (wraps) return unwrapped(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodPipe ? unwrapped(schema.out as z.ZodType) : schema;
}

function limits(schema: z.ZodType): number[] {
  const inner = unwrapped(schema);
  const both =
    inner instanceof z.ZodNumber
      ? [inner.minValue, inner.maxValue]
      : inner instanceof z.ZodString
        ? [inner.maxLength]
        : [];
  return both.filter(
    (limit): limit is number => limit !== null && Math.abs(limit) < Number.MAX_SAFE_INTEGER,
  );
}

function values(schema: z.ZodType): unknown[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray) return values(inner.element as z.ZodType);
  if (inner instanceof z.ZodEnum) return inner.options;
  return inner instanceof z.ZodLiteral ? [...inner.values] : [];
}

/** `10,240` → `10240` */
function digits(text: string): string {
  return text.replace(/(\d),(\d{3})/g, "$1$2");
}

/** Every value that is no object, by its path, as a document shows it: a list of texts. */
function leaves(value: object, at = ""): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): [string, string[]][] => {
      const key = at === "" ? name : `${at}.${name}`;
      if (Array.isArray(inner)) return [[key, inner.map(String)]];
      return typeof inner === "object"
        ? Object.entries(leaves(inner, key))
        : [[key, [String(inner)]]];
    }),
  );
}
