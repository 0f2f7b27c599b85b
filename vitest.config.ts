import { mkdtempSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { defaultExclude, defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

/** `npm test`, and not some of the files. */
const isWholeRun = process.argv
  .slice(2)
  .every((word) => ["run", "--run", "--coverage"].includes(word));

/** Tests note here which answers of commands they have met: see `test/held-answers.ts`. */
const met = isWholeRun
  ? { LAMBDAKIT_ANSWERS_MET: mkdtempSync(path.join(tmpdir(), "lambdakit-answers-")) }
  : {};

const shared = {
  pool: "threads",
  isolate: false,
  globalSetup: "test/engine.ts",
  // Real processes on a machine that is busy with everything else: only what hangs may run into these.
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // Tests run on this machine's Node.js, functions on Lambda's: the SDK's advice is not for them.
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ...met },
} as const;

/** Here callers come at a steady rate, and none may be failed: another test on the same two processors would. */
const underLoad = ["test/integration/terraform/deployed.test.ts"];

/** What is asked when all other tests have ended. */
const inTheEnd = ["test/whole-run/*.test.ts"];

/** The toolkit's own source, and not what was built last. */
const resolve = { conditions: ["lambdakit:source"] };
const ssr = { resolve: { conditions: ["lambdakit:source"] } };

export default defineConfig({
  resolve,
  ssr,
  test: {
    // Two on the two processors of CI, where Vitest would take one: tests often wait for a program, or a clock.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "services/*/src/**/*.ts"],
      exclude: [
        "**/*.test.ts",
        "**/*.test-d.ts",
        "**/*.d.ts",
        // Run in threads and processes of their own, where coverage does not see them; the
        // integration tests fail when they do.
        "src/cli/bin.ts",
        "src/dev/host/environment-thread.ts",
        "src/dev/host/process/bootstrap.ts",
        "src/dev/host/runtime-client/**",
        "src/dev/resume-threads.ts",
      ],
      thresholds: {
        // Of what commands do as processes of their own, coverage sees nothing, and integration tests all of it.
        "src/**": { lines: 90, branches: 85 },
        "services/product/src/**": { lines: 90, branches: 90 },
      },
      reporter: ["text-summary", "json-summary"],
    },
    projects: [
      {
        resolve,
        ssr,
        test: {
          ...shared,
          name: "toolkit",
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: [...defaultExclude, ...underLoad, ...inTheEnd],
        },
      },
      {
        resolve,
        ssr,
        test: { ...shared, name: "product", include: ["services/product/tests/**/*.test.ts"] },
      },
      {
        resolve,
        ssr,
        test: {
          ...shared,
          name: "under load",
          include: underLoad,
          maxWorkers: 1,
          // After all others have ended.
          sequence: { groupOrder: 1 },
        },
      },
      ...(isWholeRun
        ? [
            {
              resolve,
              ssr,
              test: {
                ...shared,
                name: "whole run",
                include: inTheEnd,
                sequence: { groupOrder: 2 },
              },
            },
          ]
        : []),
    ],
  },
});
