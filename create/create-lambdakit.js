#!/usr/bin/env node
// `npm create lambdakit orders` is `lambdakit new orders`.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("./cli/bin.js", import.meta.resolve("lambdakit")));
const made = spawn(process.execPath, [bin, "new", ...process.argv.slice(2)], { stdio: "inherit" });
// Ctrl-C reaches both: the one that asks says what becomes of it.
process.on("SIGINT", () => {});
made.on("close", (code) => {
  process.exitCode = code ?? 1;
});
