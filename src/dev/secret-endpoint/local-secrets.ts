import { chmod, stat } from "node:fs/promises";
import path from "node:path";
import { LambdakitError } from "../../errors/index.ts";
import { fileExists, readTextFile, replaceFile } from "../../system/index.ts";

/** Nobody but its owner reads or writes it. */
const ownerOnly = 0o600;

/**
 * The values of secrets on this machine: a file that git ignores and only its owner reads, by the keys of the
 * manifest. Nothing else on this machine keeps one.
 */
export class LocalSecrets {
  readonly file: string;

  /** @param directory the service's folder */
  constructor(directory: string) {
    this.file = path.join(directory, ".lambdakit", "secrets.json");
  }

  /** @throws {LambdakitError} LOCAL_SECRETS, which never quotes what is in the file */
  async read(): Promise<Readonly<Record<string, string>>> {
    if (!fileExists(this.file)) return {};
    // Made by hand, it may be one that everybody reads.
    if (((await stat(this.file)).mode & 0o077) !== 0) await chmod(this.file, ownerOnly);
    const values = parsed(await readTextFile(this.file));
    if (isTexts(values)) return values;
    throw new LambdakitError("LOCAL_SECRETS", {
      message: `${this.file} is no JSON object of texts.`,
      fix: `rm ${this.file}, and lambdakit secret set NAME --env local for each secret`,
      at: this.file,
    });
  }

  async set(key: string, value: string): Promise<void> {
    await this.#write({ ...(await this.read()), [key]: value });
  }

  /** @returns false where there is none */
  async remove(key: string): Promise<boolean> {
    const { [key]: removed, ...others } = await this.read();
    if (removed === undefined) return false;
    await this.#write(others);
    return true;
  }

  async #write(values: Readonly<Record<string, string>>): Promise<void> {
    const ignored = path.join(path.dirname(this.file), ".gitignore");
    if (!fileExists(ignored)) await replaceFile(ignored, "*\n");
    const sorted = Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
    const text = `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
    await replaceFile(this.file, text, ownerOnly);
  }
}

/** Undefined where it is no JSON: a parser's error shows what it has read. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is Record<string, string> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => typeof one === "string")
  );
}
