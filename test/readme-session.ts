import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const readme = fileURLToPath(new URL("../README.md", import.meta.url));

export interface Session {
  /** All that curl printed. */
  readonly output: string;
  /** Of the answers whose heads it printed. */
  readonly statuses: readonly string[];
}

/** What these come to. */
export const expectedStatuses = ["200", "200", "412", "401", "204"];

/**
 * The session with curl that README.md shows, to the letter, against another address.
 *
 * @param url in the place of `http://127.0.0.1:3000`
 * @param token in the place of what `lambdakit token` prints
 */
export async function readmeSession(url: string, token: string): Promise<Session> {
  const [session = ""] = /^URL=http:[\s\S]*?(?=^```)/m.exec(readFileSync(readme, "utf8")) ?? [];
  const { stdout: output } = await promisify(execFile)("/bin/sh", [
    "-e",
    "-c",
    session
      .replace("http://127.0.0.1:3000", url)
      .replace("$(npx lambdakit token --service services/product)", token),
  ]);
  const statuses = [...output.matchAll(/^HTTP\/1.1 (\d+)/gm)].map(([, status = ""]) => status);
  return { output, statuses };
}
