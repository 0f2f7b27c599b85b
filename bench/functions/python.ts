import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Python {
  /** The interpreter itself, and no script that starts it. */
  readonly program: string;
  readonly versions: string;
}

const question = `
import platform, sys, boto3, pydantic
print(sys.executable)
print(f"Python {platform.python_version()}, boto3 {boto3.__version__}, pydantic {pydantic.VERSION}")
`;

/** The Python of this machine, or why it cannot run the reference. */
export function findPython(): Python | { readonly missing: string } {
  try {
    const text = execFileSync("python3", ["-c", question], { encoding: "utf8", stdio: "pipe" });
    const [program = "", versions = ""] = text.trim().split("\n");
    return { program, versions };
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return {
      missing:
        String(stderr ?? "")
          .trim()
          .split("\n")
          .at(-1) || message,
    };
  }
}

/** A copy of the reference, so that what Python compiles does not lie in the repository. */
export function referenceFolder(taskRoot: string): string {
  cpSync(fileURLToPath(new URL("../reference", import.meta.url)), taskRoot, { recursive: true });
  return taskRoot;
}
