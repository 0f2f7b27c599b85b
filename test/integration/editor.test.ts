import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const tsc = "node_modules/typescript/bin/tsc";

/** What an editor would underline in the Product service's manifest after a change to its text. */
function complaints(change: (source: string) => string): string {
  const parent = "services/product/.lambdakit";
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(path.join(parent, "editor-"));
  try {
    const source = readFileSync("services/product/service.ts", "utf8");
    writeFileSync(path.join(directory, "service.ts"), change(source));
    symlinkSync(path.resolve("services/product/src"), path.join(directory, "src"), "dir");
    writeFileSync(
      path.join(directory, "tsconfig.json"),
      JSON.stringify({ extends: path.resolve("tsconfig.json"), include: ["service.ts"] }),
    );
    return spawnSync(process.execPath, [tsc, "--pretty", "false", "-p", directory], {
      encoding: "utf8",
    }).stdout;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

it("accepts the Product service's manifest as it is", () => {
  expect(complaints((source) => source)).toBe("");
});

it("underlines a misspelt table, at its line, and says which was meant", () => {
  const misspelt = "produts: [";
  const source = readFileSync("services/product/service.ts", "utf8");
  const line = source.slice(0, source.indexOf("products: [")).split("\n").length;
  const output = complaints((text) => text.replace("products: [", misspelt));
  expect(output).toContain(`service.ts(${line},`);
  expect(output).toContain("'produts' does not exist");
  expect(output).toContain("'products'");
});
