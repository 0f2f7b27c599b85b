import path from "node:path";
import { DefaultSerializer, deserialize } from "node:v8";
import {
  digest,
  readBytes,
  readFolder,
  readStamp,
  removeFile,
  replaceFile,
} from "../../system/index.ts";
import { type Observation, observedAgain } from "./observation.ts";
import { observeBuild } from "./observe-build.ts";

export interface BuildCacheOptions<Build> {
  /** The service's folder. */
  readonly directory: string;
  /** Everything but files that decides what is built: options, versions. */
  readonly recipe: unknown;
  /** The source files of a build, relative to the service's folder. */
  readonly inputs: (build: Build) => readonly string[];
  /** Other files that decide, such as the program that builds. */
  readonly others: readonly string[];
}

/** A build, and what was there when it was made. */
export interface ObservedBuild<Build> {
  readonly build: Build;
  readonly observations: readonly Observation[];
}

/** How far the times of files may be behind the clock, in ms. */
const clockTolerance = 20;
/** Builds of other recipes that are kept: other versions, or another list of functions. */
const keptRecipes = 4;
/** Of a SHA-256 in hexadecimal digits. */
const digestLength = 64;

/**
 * Keeps the last build of a service, and gives it back while everything that it came from is the same.
 * Files are compared by their digests, and read only where the system says that they were written to.
 * What is in the cache is never trusted: its own digest says whether it is whole.
 */
export class BuildCache<Build> {
  readonly #options: BuildCacheOptions<Build>;
  readonly #folder: string;
  readonly #file: string;

  constructor(options: BuildCacheOptions<Build>) {
    this.#options = options;
    this.#folder = path.join(options.directory, ".lambdakit", "cache");
    this.#file = path.join(this.#folder, `${digest(JSON.stringify(options.recipe))}.build`);
  }

  /** The last build, if it would come to the same now. */
  async read(): Promise<ObservedBuild<Build> | undefined> {
    const now = Date.now();
    const kept = await this.#load();
    if (kept === undefined) return undefined;
    const again = await Promise.all(
      kept.observations.map((one) => observedAgain(one, (file) => this.#resolve(file))),
    );
    const observations = again.filter((one) => one !== undefined);
    if (observations.length < again.length) return undefined;
    const observed = { ...kept, observations };
    const isTouched = observations.some((one, position) => one !== kept.observations[position]);
    // It is right all the same where this cannot be written: files are read once more the next time.
    if (isTouched) await this.keep(observed, now).catch(() => {});
    return observed;
  }

  /** Observes what a build was made of, right after it was made. */
  async observe(build: Build): Promise<ObservedBuild<Build>> {
    const { directory, inputs, others } = this.#options;
    return { build, observations: await observeBuild(directory, inputs(build), others) };
  }

  /**
   * Keeps a build, unless a file was written to since it began: then nobody knows what it was made of.
   *
   * @param startedAt before the first file was read, in ms since the epoch
   * @throws what the system says where it cannot be written
   */
  async keep(observed: ObservedBuild<Build>, startedAt: number): Promise<void> {
    if (!isSettled(observed.observations, startedAt)) return;
    await replaceFile(this.#file, withDigest(observed));
    await this.#sweep();
  }

  #resolve(file: string): string {
    return path.resolve(this.#options.directory, file);
  }

  async #load(): Promise<ObservedBuild<Build> | undefined> {
    try {
      const bytes = Buffer.from(await readBytes(this.#file));
      const contents = bytes.subarray(digestLength);
      if (bytes.toString("latin1", 0, digestLength) !== digest(contents)) return undefined;
      return deserialize(contents);
    } catch {
      // Not there, not readable, or of another version of Node.js.
      return undefined;
    }
  }

  async #sweep(): Promise<void> {
    const builds = (await readFolder(this.#folder)).filter(({ name }) => name.endsWith(".build"));
    const files = builds.map(({ name }) => path.join(this.#folder, name));
    const age = (file: string) => readStamp(file)?.mtimeMs ?? 0;
    const [, ...old] = files.sort((one, other) => age(other) - age(one));
    await Promise.all(old.slice(keptRecipes).map(removeFile));
  }
}

/** A build as bytes, behind their digest. Builds are large: it is written at once where it is to be. */
function withDigest(build: unknown): Buffer {
  const serializer = new DefaultSerializer();
  serializer.writeRawBytes(new Uint8Array(digestLength));
  serializer.writeHeader();
  serializer.writeValue(build);
  const bytes = serializer.releaseBuffer();
  bytes.write(digest(bytes.subarray(digestLength)), "latin1");
  return bytes;
}

/** Whether no file, and no folder of the service, was written to since a time. */
function isSettled(observations: readonly Observation[], since: number): boolean {
  return observations.every(
    ({ stems, stamp }) => stems !== undefined || (stamp?.ctimeMs ?? 0) < since - clockTolerance,
  );
}
