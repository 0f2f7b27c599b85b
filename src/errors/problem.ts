import type { ProblemCode } from "./catalogue.ts";

/** Where in a file: lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong in a manifest, or in what would be packaged. Problems are data: they are collected, and never thrown one by one. */
export interface Problem {
  readonly code: ProblemCode;
  /** The way to the value, such as `["functions", "list", "routes", 0]`. */
  readonly path: readonly (string | number)[];
  /** What is wrong, with the real values. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
  readonly place?: Place;
}
