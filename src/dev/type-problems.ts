import path from "node:path";

/** An error that the TypeScript compiler has found. Lines and columns count from 1. */
export interface TypeProblem {
  /** As an absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Such as `TS2322`. */
  readonly code: string;
  /** With the compiler's further lines, indented. */
  readonly message: string;
}

export interface CompilerOutput {
  readonly problems: readonly TypeProblem[];
  /** What has no place in a file: mostly, why nothing could be checked. */
  readonly troubles: readonly string[];
}

/**
 * Reads what `tsc --pretty false` prints: `file(line,column): error TS2322: message`.
 *
 * @param directory where the compiler ran; its files are relative to that
 */
export function parseCompilerOutput(output: string, directory: string): CompilerOutput {
  const problems: TypeProblem[] = [];
  const troubles: string[] = [];
  for (const entry of entriesOf(output)) {
    const found = /^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/s.exec(entry);
    if (found === null) troubles.push(entry);
    else {
      const [, file = "", line, column, code = "", message = ""] = found;
      const place = { line: Number(line), column: Number(column) };
      problems.push({ file: path.resolve(directory, file), ...place, code, message });
    }
  }
  return { problems, troubles };
}

/** An entry is a line, with the indented lines that follow it. */
function entriesOf(output: string): string[] {
  return output
    .replaceAll("\r\n", "\n")
    .split(/\n(?!\s)/)
    .map((entry) => entry.trimEnd())
    .filter((entry) => entry !== "");
}
