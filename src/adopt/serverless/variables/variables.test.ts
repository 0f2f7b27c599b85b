// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Serverless look like that
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LambdakitError } from "../../../errors/index.ts";
import { readYaml } from "../../source/read-yaml.ts";
import { childOf, piecesOf, textOf } from "../../source/tree.ts";
import { parseVariables, type Variable } from "./parse-variables.ts";
import { type ReadFile, Variables } from "./resolve-variables.ts";

const resolved = (text: string, readFile: ReadFile = () => undefined) => {
  const tree = readYaml("serverless.yml", text);
  return new Variables(tree, readFile).resolve(tree);
};
const resolvedOf = (value: string, rest = "", readFile?: ReadFile) =>
  childOf(resolved(`${rest}\nvalue: ${value}\n`, readFile), "value");
const reasonOf = (value: string, rest = "", readFile?: ReadFile) => {
  const tree = resolvedOf(value, rest, readFile);
  const [piece] = tree?.kind === "scalar" ? piecesOf(tree) : [];
  return typeof piece === "object" && "unknown" in piece ? piece.unknown : undefined;
};
const failure = (text: string) => {
  try {
    resolved(text);
  } catch (error) {
    return error as LambdakitError;
  }
  throw new Error("it was resolved");
};

describe("a text with variables", () => {
  it("is its parts, joined, whatever the text", () => {
    const part = fc.constantFrom(
      "${",
      "}",
      "self:",
      "opt:a",
      ", ",
      "'x'",
      "file(a.yml)",
      ":b",
      "é",
      "$",
      "{",
      '"',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join("");
        const raw = parseVariables(text).map((one) => (typeof one === "string" ? one : one.raw));
        expect(raw.join("")).toBe(text);
      }),
    );
  });

  it("leaves to CloudFormation what is CloudFormation's", () => {
    for (const text of ["${AWS::Region}", "${Table}", "${Table.Arn}", "${!Literal}", "${"]) {
      expect(parseVariables(text)).toEqual([text]);
    }
  });

  it("has alternatives at commas that are in no quotes and no brackets", () => {
    const [one] = parseVariables(
      `\${opt:a, file(a, b.yml):c, "x, y", \${self:d, 'z'}}`,
    ) as Variable[];
    expect(one?.alternatives).toMatchObject([
      { address: ["opt:a"] },
      { address: ["file(a, b.yml):c"] },
      { literal: "x, y" },
      { address: [{ raw: "${self:d, 'z'}" }] },
    ]);
  });
});

describe("a variable", () => {
  it("is what it leads to, through others", () => {
    const rest = "custom: { a: { b: 'deep' }, name: a, all: '${self:custom.${self:custom.name}}' }";
    expect(textOf(resolvedOf("x-${self:custom.all.b}-y", rest))).toBe("x-deep-y");
    expect(textOf(resolvedOf("${self:custom.none, self:custom.a.b}", rest))).toBe("deep");
    expect(textOf(childOf(resolvedOf("${self:custom.all}", rest), "b"))).toBe("deep");
  });

  it("has the stage of all environments, however it is asked for", () => {
    const rest = "provider: { stage: test }";
    for (const one of ["${sls:stage}", "${opt:stage, 'x'}", "${self:provider.stage}"]) {
      expect(textOf(resolvedOf(`a-${one}`, rest))).toBe("a-{environment}");
    }
  });

  it("takes dev's value, or the default stage's, of what differs by stage", () => {
    const custom = "custom: { size: { prod: 3, test: 2, dev: 1 } }";
    expect(textOf(resolvedOf("${self:custom.size.${sls:stage}}", custom))).toBe("1");
    const own = "provider: { stage: test }\ncustom: { size: { prod: 3, test: 2 } }";
    expect(textOf(resolvedOf("${self:custom.size.${sls:stage}}", own))).toBe("2");
    const params = "params: { default: { x: 7 }, prod: { x: 8 } }";
    expect(textOf(resolvedOf("${param:x}", params))).toBe("7");
    expect(textOf(resolvedOf("${param:x}", "stages: { dev: { params: { x: 9 } } }"))).toBe("9");
  });

  it("keeps its text, and says why, where it has no value", () => {
    expect(reasonOf("${env:HOME}")).toBe("${env:HOME} is a variable of whoever deploys");
    expect(reasonOf("${opt:x}")).toContain("is an option of whoever deploys");
    expect(reasonOf("${ssm:/a}")).toContain("is in Parameter Store");
    expect(reasonOf("${cf(eu-west-1):a.b}")).toContain("is an output of another stack");
    expect(reasonOf("${self:custom.none}")).toContain("is not in the file");
  });

  it("reads no variable of the shell", () => {
    expect(reasonOf("${env:PATH}")).toBeDefined();
    expect(textOf(resolvedOf("${env:PATH, 'x'}"))).toBe("x");
  });

  it("is a truth, a region, an account", () => {
    expect(textOf(resolvedOf("${strToBool(true)}"))).toBe("true");
    expect(textOf(resolvedOf("${aws:region}", "provider: { region: eu-west-1 }"))).toBe(
      "eu-west-1",
    );
    const tree = resolvedOf("${aws:accountId}");
    expect(tree?.kind === "scalar" && piecesOf(tree)).toEqual([
      { refers: "AWS::AccountId", attribute: null },
    ]);
  });
});

describe("a file of a variable", () => {
  const files: Record<string, string> = {
    "a.yml": "b: { c: from-a }\n",
    "sub/d.json": '{ "e": "${self:custom.x}" }',
    "text.txt": "words",
  };
  const asked: string[] = [];
  const readFile: ReadFile = (file) => {
    asked.push(file);
    return files[file];
  };

  it("is read whole or below a key, and may have variables of its own", () => {
    expect(textOf(resolvedOf("${file(./a.yml):b.c}", "", readFile))).toBe("from-a");
    expect(textOf(resolvedOf("${file(sub/../sub/d.json):e}", "custom: { x: 1 }", readFile))).toBe(
      "1",
    );
    expect(textOf(resolvedOf("${file(text.txt)}", "", readFile))).toBe("words");
  });

  it("is never asked for outside of the folder, nor where it is a program", () => {
    asked.length = 0;
    const names = [
      "../x.yml",
      "/etc/passwd",
      "~/x.yml",
      "a/../../x.yml",
      "C:\\x.yml",
      "x.js",
      "x.ts",
    ];
    for (const name of names)
      expect(reasonOf(`"\${file(${name.replace("\\", "\\\\")})}"`, "", readFile)).toBeDefined();
    expect(asked).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom("..", ".", "a", "/", "\\", "b.yml")), (parts) => {
        asked.length = 0;
        resolvedOf(JSON.stringify(`\${file(${parts.join("/")})}`), "", readFile);
        expect(asked.filter((one) => one.split("/").includes("..") || one.startsWith("/"))).toEqual(
          [],
        );
      }),
    );
  });
});

describe("variables without end", () => {
  it("are an error that names the circle", () => {
    const { code, message } = failure("a: ${self:b}\nb: x-${self:c}\nc: ${self:a}\n");
    expect(code).toBe("ADOPT_UNREADABLE");
    expect(message).toBe(
      "Its variables lead in a circle: ${self:b} to ${self:c} to ${self:a} to ${self:b}.",
    );
    expect(failure("custom: { a: '${self:custom}' }").message).toContain("in a circle");
  });

  it("are an error where they double, as texts and as maps", () => {
    for (const one of [
      (n: number) => `a${n}: "\${self:a${n - 1}}\${self:a${n - 1}}"`,
      (n: number) => `a${n}: { x: "\${self:a${n - 1}}", y: "\${self:a${n - 1}}" }`,
    ]) {
      const lines = Array.from({ length: 40 }, (_, position) => one(position + 1)).reverse();
      expect(failure(`${lines.join("\n")}\na0: word\n`).message).toContain("50,000 parts");
    }
  });

  it("never hang, and never fail without a code, whatever leads to what", () => {
    const value = fc.array(
      fc.oneof(
        fc.constantFrom("x", "-"),
        fc.nat(4).map((n) => `\${self:k${n}}`),
        fc.nat(4).map((n) => `\${self:k\${self:k${n}}, 'd'}`),
      ),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 5, maxLength: 5 }), (values) => {
        const text = values
          .map((one, key) => `k${key}: ${JSON.stringify(one.join(""))}`)
          .join("\n");
        try {
          resolved(text);
        } catch (error) {
          expect((error as LambdakitError).code).toBe("ADOPT_UNREADABLE");
        }
      }),
    );
  });
});
