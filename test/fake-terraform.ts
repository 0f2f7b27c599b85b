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
 * kept in, and answers as it was told.
 *
 * @param into an empty folder that it may lie in. @default one that goes with the test
 */
export async function fakeTerraform(
  answers: Readonly<Record<string, Answer>> = {},
  into?: string,
): Promise<FakeTerraform> {
  const folder = into ?? (await temporaryFolder());
  const program = path.join(folder, "terraform");
  await writeFile(path.join(folder, "calls"), "");
  await writeFile(program, script);
  await chmod(program, 0o755);
  const answer = async (command: string, { out = [], complaint = "", status = 0 }: Answer) => {
    const lines = out.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    const at = path.join(folder, command);
    await writeFile(`${at}.out`, lines.map((line) => `${line}\n`).join(""));
    await writeFile(`${at}.err`, complaint);
    await writeFile(`${at}.status`, String(status));
  };
  for (const [command, one] of Object.entries(answers)) await answer(command, one);
  return {
    program,
    version: "1.11.4",
    answer,
    async calls() {
      const calls = (await readFile(path.join(folder, "calls"), "utf8")).split("\n\n");
      return calls.filter(Boolean).map((call) => call.split("\n"));
    },
  };
}

/** A shell starts in a fraction of the time that Node.js takes. */
const script = `#!/bin/sh
here="\${0%/*}"
{ printf '%s\\n' "$@"; echo; } >> "$here/calls"
for arg; do
  case "$arg" in -out=*) echo "a plan" > "\${arg#-out=}";; esac
done
[ -f "$here/$1.out" ] || exit 0
cat "$here/$1.out"
cat "$here/$1.err" >&2
exit "$(cat "$here/$1.status")"
`;
