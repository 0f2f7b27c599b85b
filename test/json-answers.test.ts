/** The examples of docs/reference/json.md, held against their schemas and typed. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultsIn } from "./held-answers.ts";
import { lambdakit } from "./recording-terminal.ts";

const [plan = "", error = ""] = [
  ...readFileSync("docs/reference/json.md", "utf8").matchAll(/^```json\n([\s\S]*?)^```$/gm),
].map(([, text = ""]) => text);

describe("docs/reference/json.md", () => {
  it("shows a plan as it is printed", () => {
    const { steps, ...less } = JSON.parse(plan);
    const faults = (document: object) => faultsIn("plan", document);
    expect(faults({ ...less, steps })).toBeUndefined();
    expect(faults(less)).toContain("must have required property 'steps'");
    expect(faults({ ...less, steps, more: 1 })).toContain("must NOT have additional properties");
  });

  it("shows an error to the letter", async () => {
    const args = ["explain", "xyz", "--service", "services/product", "--json"];
    const { exitCode, stdout } = await lambdakit(args);
    expect([exitCode, JSON.parse(stdout)]).toEqual([64, JSON.parse(error)]);
  });
});
