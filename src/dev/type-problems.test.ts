import { expect, it } from "vitest";
import { parseCompilerOutput } from "./type-problems.ts";

it("reads problems with their places, whatever their files are called", () => {
  const output = [
    "src/a (copy).ts(3,14): error TS2322: Type 'string' is not assignable to type 'number'.",
    "/elsewhere/b.ts(10,1): error TS2304: Cannot find name '(1,2): error'.",
    "",
  ].join("\n");
  expect(parseCompilerOutput(output, "/service")).toEqual({
    problems: [
      {
        file: "/service/src/a (copy).ts",
        line: 3,
        column: 14,
        code: "TS2322",
        message: "Type 'string' is not assignable to type 'number'.",
      },
      {
        file: "/elsewhere/b.ts",
        line: 10,
        column: 1,
        code: "TS2304",
        message: "Cannot find name '(1,2): error'.",
      },
    ],
    troubles: [],
  });
});

it("keeps the indented lines of a message together, with line ends of either kind", () => {
  const output =
    "a.ts(1,7): error TS2741: Property 'b' is missing.\r\n  One more line.\r\n    And one more.\r\nb.ts(2,3): error TS1: two\r\n";
  const { problems } = parseCompilerOutput(output, "/");
  expect(problems.map(({ message }) => message)).toEqual([
    "Property 'b' is missing.\n  One more line.\n    And one more.",
    "two",
  ]);
});

it("sets apart what has no place in a file", () => {
  const trouble = "error TS18003: No inputs were found in config file '/service/tsconfig.json'.";
  expect(parseCompilerOutput(`${trouble}\n`, "/service")).toEqual({
    problems: [],
    troubles: [trouble],
  });
  expect(parseCompilerOutput("", "/service")).toEqual({ problems: [], troubles: [] });
});
