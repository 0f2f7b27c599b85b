import { spawn } from "node:child_process";

/** One version of a file that git keeps. */
export interface FileVersion {
  /** The name of its contents. */
  readonly blob: string;
  /** What the file was called, from the root of the repository. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Which versions are read. */
export interface VersionChoice {
  readonly directory: string;
  /** Whether a file is worth reading. */
  readonly wants: (path: string) => boolean;
  /** Larger ones are passed over. */
  readonly mostBytes: number;
  /** Ends it before all were read. */
  readonly interrupted: AbortSignal;
}

/**
 * Every version of every file that any branch or tag has ever had, once for each contents, through one `git cat-file`.
 *
 * @returns as they come; fewer where it was interrupted
 * @throws {Error} what git says where it fails; ENOENT where there is no git
 * @see https://git-scm.com/docs/git-cat-file (2026-11-27)
 */
export async function* readVersions({
  directory,
  wants,
  mostBytes,
  interrupted,
}: VersionChoice): AsyncGenerator<FileVersion> {
  const paths = new Map<string, string>();
  const objects = await output(["rev-list", "--all", "--objects"], directory, undefined);
  for (const line of objects.toString("utf8").split("\n")) {
    const space = line.indexOf(" ");
    if (space === -1) continue;
    const path = line.slice(space + 1);
    if (path !== "" && wants(path)) paths.set(line.slice(0, space), path);
  }
  const form = "--batch-check=%(objectname) %(objecttype) %(objectsize)";
  const sizes = await output(["cat-file", form], directory, [...paths.keys()]);
  const blobs = sizes
    .toString("utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, type, size]) => type === "blob" && Number(size) <= mostBytes)
    .map(([blob = ""]) => blob);
  // In portions, so that what is held at once stays small, and an interruption is heard.
  for (let from = 0; from < blobs.length && !interrupted.aborted; from += portion) {
    const some = blobs.slice(from, from + portion);
    const batch = await output(["cat-file", "--batch"], directory, some);
    for (const { blob, bytes } of contentsIn(batch)) {
      yield { blob, path: paths.get(blob) ?? "", bytes };
    }
  }
}

const portion = 500;

function* contentsIn(batch: Buffer): Generator<{ blob: string; bytes: Uint8Array }> {
  for (let at = 0; at < batch.length; ) {
    const end = batch.indexOf(10, at);
    const [blob = "", , size = "0"] = batch.subarray(at, end).toString("utf8").split(" ");
    const length = Number(size);
    yield { blob, bytes: batch.subarray(end + 1, end + 1 + length) };
    at = end + 1 + length + 1;
  }
}

function output(
  args: readonly string[],
  directory: string,
  input: readonly string[] | undefined,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { cwd: directory, stdio: ["pipe", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      complaint += chunk.toString("utf8");
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(Buffer.concat(chunks));
      else reject(new Error(complaint.trim()));
    });
    // Git may end before it has read all.
    child.stdin.on("error", () => {});
    child.stdin.end(input === undefined ? "" : `${input.join("\n")}\n`);
  });
}
