import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { startThread } from "../src/dev/host/thread-environment.ts";
import { ownProgram } from "../src/package/index.ts";
import type { Isolation } from "./observe-runtime.ts";

/** Environments that are threads, for all tests of a file: what runs inside is bundled once. */
export function threadIsolation(): () => Isolation {
  let directory: string;
  let environmentModule: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "lambdakit-thread-"));
    environmentModule = await ownProgram("dev/host/environment-thread", directory);
  });
  afterAll(() => rm(directory, { recursive: true }));
  return () => ({ start: startThread, environmentModule });
}
