import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LambdakitError } from "../../errors/index.ts";
import { readYaml } from "./read-yaml.ts";
import { childOf, piecesOf, type Tree, textOf } from "./tree.ts";

const failure = (text: string): LambdakitError => {
  try {
    readYaml("template.yaml", text);
  } catch (error) {
    if (error instanceof LambdakitError) return error;
    throw error;
  }
  throw new Error("it was read");
};

/** The plain data of a tree: all scalars are texts. */
const plain = (tree: Tree): unknown => {
  if (tree.kind === "scalar") return tree.text;
  if (tree.kind === "list") return tree.items.map(plain);
  return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value)]));
};

describe("a file that is read", () => {
  it("says where each part stands, and keeps texts as they are written", () => {
    const tree = readYaml("a.yaml", "account: 012345678901\nlist:\n  - one\n  - 0x1F\n");
    expect(textOf(childOf(tree, "account"))).toBe("012345678901");
    expect(childOf(tree, "list")?.place).toEqual({ file: "a.yaml", line: 2, column: 1 });
    expect(plain(tree)).toEqual({ account: "012345678901", list: ["one", "0x1F"] });
  });

  it("has CloudFormation's short tags in their long form", () => {
    const text =
      "a: !Ref X\nb: !GetAtt X.Arn\nc: !Join ['-', [a, !Ref B]]\nd: !Sub\n  - $\n  - {}\n";
    expect(plain(readYaml("a.yaml", text))).toEqual({
      a: { Ref: "X" },
      b: { "Fn::GetAtt": "X.Arn" },
      c: { "Fn::Join": ["-", ["a", { Ref: "B" }]] },
      d: { "Fn::Sub": ["$", {}] },
    });
  });

  it("follows anchors, and merges maps under what is written", () => {
    const text = "base: &base { a: 1, b: 2 }\none: { <<: *base, b: 3 }\nother: *base\n";
    const tree = readYaml("a.yaml", text);
    expect(plain(tree)).toMatchObject({ one: { b: "3", a: "1" }, other: { a: "1", b: "2" } });
    const copied = childOf(tree, "one", "a");
    expect(copied?.origins).toContain(childOf(tree, "base", "a"));
  });

  it("is any JSON that there is", () => {
    const texts = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(texts);
      if (typeof value !== "object" || value === null) {
        return value === null ? null : typeof value === "string" ? value : JSON.stringify(value);
      }
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, texts(one)]));
    };
    const json = fc.dictionary(
      fc.stringMatching(/^[A-Za-z]{1,8}$/),
      fc.jsonValue({ maxDepth: 3 }),
      {
        minKeys: 1,
      },
    );
    fc.assert(
      fc.property(json, (value) => {
        const round = JSON.parse(JSON.stringify(value));
        expect(plain(readYaml("a.json", JSON.stringify(round)))).toEqual(texts(round));
      }),
    );
  });
});

describe("what cannot be read", () => {
  it("is told with its place", () => {
    const { code, at, message } = failure("a: 1\nb: [\n");
    expect([code, at]).toEqual(["ADOPT_UNREADABLE", "template.yaml:3:1"]);
    expect(message).toMatch(/^It is no YAML: /);
    expect(failure("a: 1\na: 2\n").message).toContain("unique");
  });

  it("is two documents, or none", () => {
    expect(failure("a: 1\n---\nb: 2\n").message).toContain("2 documents");
    expect(failure("").message).toBe("There is nothing in it.");
    expect(failure("# only a comment\n").message).toBe("There is nothing in it.");
  });

  it("is more than a template may be", () => {
    expect(failure(`a: ${"x".repeat(1_048_577)}`).message).toContain("at most 1048576");
  });

  it("is nested without end, in brackets or in lines", () => {
    const lines = Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n");
    for (const text of [
      `a: ${"[".repeat(200_000)}`,
      `a: ${"[".repeat(90)}${"]".repeat(90)}`,
      lines,
    ]) {
      expect(failure(text).message).toBe("Maps and lists stand in each other more than 64 deep.");
    }
    expect(failure(`a: ${"- ".repeat(5_000)}`).code).toBe("ADOPT_UNREADABLE");
  });

  it("is a billion of anything by anchors, and an anchor that leads to itself", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let one = 1; one < 10; one++) {
      const aliases = Array.from({ length: 10 }, () => `*a${one - 1}`).join(", ");
      lines.push(`a${one}: &a${one} [${aliases}]`);
    }
    expect(failure(lines.join("\n")).message).toContain("more than 50,000 parts");
    expect(failure("a: &a\n  b: *a\n").message).toContain("leads to itself");
  });

  it("is never anything but an error with a code, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        try {
          const tree = readYaml("a.yaml", text);
          if (tree.kind === "scalar") expect(Array.isArray(piecesOf(tree))).toBe(true);
        } catch (error) {
          expect((error as LambdakitError).code).toBe("ADOPT_UNREADABLE");
        }
      }),
    );
  });
});
