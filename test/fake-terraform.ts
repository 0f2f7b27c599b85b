import { chmod, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { TerraformProgram } from "../src/terraform/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** What it does when a command is run, such as `plan`. */
export interface Answer {
  /** Lines of stdout; what is no text is written as JSON. */
  readonly out?: readonly (string | object)[];
  readonly complaint?: string;
  readonly status?: number;
}

export interface FakeTerraform extends TerraformProgram {
  /** From now on. */
  answer(command: string, answer: Answer): Promise<void>;
  /** How it has been run so far, such as `["output", "-json"]`. */
  calls(): Promise<string[][]>;
}

/**
 * A program that stands for Terraform: it writes down how it was run, makes the file that a plan is to be
 * kept in, and answers as it was told. Deleted after the test that asks for it.
 */
export async function fakeTerraform(
  answers: Readonly<Record<string, Answer>> = {},
): Promise<FakeTerraform> {
  const folder = await temporaryFolder({
    terraform: `#!${process.execPath}\n${script}`,
    "answers.json": JSON.stringify(answers),
    calls: "",
  });
  const program = path.join(folder, "terraform");
  await chmod(program, 0o755);
  const file = path.join(folder, "answers.json");
  return {
    program,
    version: "1.11.4",
    async answer(command, answer) {
      const all = JSON.parse(await readFile(file, "utf8"));
      await writeFile(file, JSON.stringify({ ...all, [command]: answer }));
    },
    async calls() {
      const lines = (await readFile(path.join(folder, "calls"), "utf8")).split("\n");
      return lines.filter(Boolean).map((line) => JSON.parse(line));
    },
  };
}

const script = `
const fs = require("node:fs");
const args = process.argv.slice(2);
fs.appendFileSync(__dirname + "/calls", JSON.stringify(args) + "\\n");
const answers = JSON.parse(fs.readFileSync(__dirname + "/answers.json", "utf8"));
const { out = [], complaint = "", status = 0 } = answers[args[0]] ?? {};
const plan = args.find((arg) => arg.startsWith("-out="));
if (plan !== undefined) fs.writeFileSync(plan.slice("-out=".length), JSON.stringify(out));
process.stderr.write(complaint);
for (const line of out) {
  process.stdout.write((typeof line === "string" ? line : JSON.stringify(line)) + "\\n");
}
process.exitCode = status;
`;
