/** What an entity may be called beside another, and what its files are then: for names of any kind. */
import { parse } from "@babel/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTemplate } from "../../src/cli/scaffolding/read-template.ts";
import { kebabCase } from "../../src/names.ts";
import {
  type EntitySpec,
  entityInManifest,
  entityProblems,
  furtherEntityFiles,
  pluralOf,
  wordsOf,
} from "../../src/scaffold/index.ts";
import { ordersSpec } from "./specs.ts";

const template = await readTemplate();
const manifest = template.get("service.ts") ?? "";

const named = (singular: string, plural = pluralOf(singular)): EntitySpec => ({
  ...ordersSpec.entity,
  singular,
  plural,
});
const problemsOf = (entity: EntitySpec) => entityProblems(entity, template, "NAME");

const word = fc.stringMatching(/^[a-z]{2,7}[0-9]?$/);
const kebab = fc.array(word, { minLength: 1, maxLength: 2 }).map((parts) => parts.join("-"));

/** @see https://tc39.es/ecma262/#prod-ReservedWord, and what strict code reserves besides */
const reserved = (
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
  "false finally for function if implements import in instanceof interface let new null package private protected " +
  "public return static super switch this throw true try typeof var void while with yield"
).split(" ");

describe("the name of an entity", () => {
  it.each(reserved)("is not %s, for one or for several", (name) => {
    expect(problemsOf(named(name, "thing-list")).map(({ at }) => at)).toEqual(["NAME"]);
    expect(problemsOf(named("thing", name)).map(({ at }) => at)).toEqual(["--plural"]);
  });

  it.each([
    ["OrderLine", "order-line", "order-lines"],
    ["APIKey", "api-key", "api-keys"],
    ["SMS", "sms", "smses"],
    ["HTTPRoute2", "http-route2", "http-route2s"],
    ["TaxID", "tax-id", "tax-ids"],
    ["Category", "category", "categories"],
    ["order-line", "order-line", "order-lines"],
  ])("%s is %s, and several are %s", (given, singular, plural) => {
    expect([kebabCase(given), pluralOf(kebabCase(given))]).toEqual([singular, plural]);
    expect(problemsOf(named(singular))).toEqual([]);
  });

  it("is a name in code, too, wherever it is taken", () => {
    fc.assert(
      fc.property(fc.oneof(kebab, fc.constantFrom(...reserved)), (name) => {
        fc.pre(problemsOf(named(name)).length === 0);
        for (const one of [wordsOf(name), wordsOf(pluralOf(name))]) {
          parse(`const ${one.camel} = 1; class ${one.pascal} {}`, { sourceType: "module" });
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("the files of an entity beside another", () => {
  it("name one another where they are, and stand in folders of their own", {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(kebab, kebab, (singular, plural) => {
        const entity = named(singular, `${plural}-all`);
        fc.pre(problemsOf(entity).length === 0);
        const files = furtherEntityFiles(entity, template);
        const there = new Set(["service.ts", ...files.keys()]);
        for (const [path, text] of files) {
          expect(path).toMatch(new RegExp(`^(src|tests)/${plural}-all/|^src/models/kinds/`));
          const { program } = parse(text, { sourceType: "module", plugins: ["typescript"] });
          for (const statement of program.body) {
            if (statement.type !== "ImportDeclaration") continue;
            const said = statement.source.value;
            if (said.startsWith(".")) {
              const leads = new URL(said, `file:///${path}`).pathname.slice(1);
              expect(there, `${path} imports ${said}`).toContain(leads);
            }
          }
        }
        const text = [...files.values()].join("");
        expect(text.includes("DYNAMODB_TABLE_")).toBe(true);
        expect(/\bproducts?\b/i.test(text)).toBe(false);
      }),
      { numRuns: 8 },
    );
  });

  it("are in service.ts under names that the other entity has not", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(kebab, (singular) => {
        const entity = named(singular);
        fc.pre(problemsOf(entity).length === 0);
        const said = entityInManifest(entity, template, manifest);
        const keys = said.functions.map(({ name }) => name);
        expect(new Set(keys).size).toBe(5);
        expect(keys.filter((key) => /^(?:list|get|create|update|delete)$/.test(key))).toEqual([]);
        const { camel } = wordsOf(singular);
        expect(said.constants.map(({ name }) => name)).toEqual([
          `${camel}NotFound`,
          `${camel}Changed`,
        ]);
      }),
      { numRuns: 10 },
    );
  });
});
