import { chmod, readFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "../temporary-folder.ts";

/** How a program was called. */
export interface Call {
  /** The program and its arguments, as the shell gave them. */
  readonly command: readonly string[];
  /** From the root of the repository. */
  readonly folder: string;
  /** The access key that it could have used; empty where it had none. */
  readonly key: string;
  /** `LAMBDAKIT_URL`. */
  readonly url: string;
  /** What a file says that an argument names with `=@`. */
  readonly file: string;
}

/** What a call that begins so gets: what it prints, and how it ends. The first that fits is taken. */
export type Answers = Readonly<Record<string, { readonly out?: string; readonly code?: number }>>;

/**
 * Programs that write down how they were called, and answer as they are told: `npx`, `npm`, `pipx`, `gh` and `git`.
 *
 * @param answers by the beginning of a call. @default nothing, and 0
 */
export async function recordingPrograms(root: string, answers: Answers) {
  const program = programWith(answers);
  const folder = await temporaryFolder({
    npx: program,
    npm: program,
    pipx: program,
    gh: program,
    git: program,
    calls: "",
  });
  for (const name of ["npx", "npm", "pipx", "gh", "git"])
    await chmod(path.join(folder, name), 0o755);
  return {
    folder,
    async calls(): Promise<Call[]> {
      const texts = (await readFile(path.join(folder, "calls"), "utf8")).split("\0");
      const calls: Call[] = [];
      while (texts.length > 1) {
        const [count, cwd = "", key = "", url = "", file = ""] = texts.splice(0, 5);
        const command = texts.splice(0, Number(count));
        calls.push({ command, folder: path.relative(root, cwd) || ".", key, url, file });
      }
      return calls;
    },
  };
}

/** In bash, whose own commands start nothing: a run calls a dozen of these. */
function programWith(answers: Answers): string {
  const cases = Object.entries(answers).map(([begin, { out = "", code = 0 }]) => {
    return `${quoted(begin)}*) printf %s ${quoted(out)}; exit ${code} ;;`;
  });
  return `#!/usr/bin/env bash
name=\${0##*/}
for word in "$@"; do
  case "$word" in *=@*) file=$(<"\${word#*=@}") ;; esac
done
printf '%s\\0' "$(($# + 1))" "$PWD" "$AWS_ACCESS_KEY_ID" "$LAMBDAKIT_URL" "$file" "$name" "$@" >> "\${0%/*}/calls"
case "$name $*" in
  ${cases.join("\n  ")}
  *) exit 0 ;;
esac
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
