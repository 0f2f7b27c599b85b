import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { LambdakitError } from "../errors/index.ts";
import { isAlive } from "../system/index.ts";

interface Holder {
  readonly pid: number;
  readonly port: number;
}

/**
 * Makes sure that one `lambdakit dev` at a time works on a folder's data. A process that was killed
 * holds nothing: the lock counts only while its owner answers.
 *
 * @throws {LambdakitError} DEV_ALREADY_RUNNING
 */
export async function lockData(directory: string, port: number): Promise<() => Promise<void>> {
  const file = path.join(directory, "dev.json");
  await mkdir(directory, { recursive: true });
  const holder = await readHolder(file);
  // A holder on the port that we have just opened ourselves cannot be listening there any more.
  const isOther = holder !== undefined && holder.port !== port;
  if (isOther && isAlive(holder.pid) && (await answers(holder.port))) {
    throw new LambdakitError("DEV_ALREADY_RUNNING", {
      message: `lambdakit dev is running here already: process ${holder.pid}, http://127.0.0.1:${holder.port}.`,
      fix: `use that one, or stop it: kill ${holder.pid} (or run this one with --memory)`,
      at: file,
    });
  }
  await writeFile(file, JSON.stringify({ pid: process.pid, port } satisfies Holder));
  return () => rm(file, { force: true });
}

/**
 * Where `lambdakit dev` answers that works on a folder's data; nothing where none does.
 *
 * @param directory the folder of the data, `.lambdakit`
 */
export async function runningPort(directory: string): Promise<number | undefined> {
  const holder = await readHolder(path.join(directory, "dev.json"));
  const isThere = holder !== undefined && isAlive(holder.pid) && (await answers(holder.port));
  return isThere ? holder.port : undefined;
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const { pid, port } = JSON.parse(await readFile(file, "utf8"));
    return Number.isInteger(pid) && port > 0 && port < 65_536 ? { pid, port } : undefined;
  } catch {
    // No file, or half of one: whoever wrote it is not running.
    return undefined;
  }
}

/** A process id is used again in time; that something listens on the port too is no accident. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.setTimeout(1_000, () => end(false));
  });
}
