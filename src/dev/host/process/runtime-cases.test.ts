import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { observe, type RuntimeCase, runtimeCases } from "../../../../test/observe-runtime.ts";
import { useProcesses } from "../../../../test/process-environments.ts";
import type { StartEnvironment } from "../environment.ts";
import { findNode, nodeRuntime, processEnvironments } from "./index.ts";

const processes = useProcesses();
const root = fileURLToPath(new URL("../../../..", import.meta.url));
/** The Node.js of each runtime, where this machine has it. */
const nodes = new Map<string, string>();
for (const runtime of ["nodejs22.x", "nodejs24.x"]) {
  const found = await findNode({ runtime, directories: [root] }).catch(() => undefined);
  if (found !== undefined) nodes.set(runtime, found.program);
}

describe("a function in a process behaves as under AWS's runtime client", () => {
  const cases = runtimeCases.flatMap((one) =>
    Object.keys(one.expected).map((runtime) => ({ ...one, runtime })),
  );

  it.each(cases)("$runtime: $says", { timeout: 60_000 }, async (one) => {
    const start = processEnvironments(nodeRuntime(process.execPath));
    expect(await observed(one, start)).toEqual(one.expected[one.runtime]);
  });

  const own = cases.filter(({ runtime }) => nodes.has(runtime));
  it.skipIf(own.length === 0).each(own)(
    "$runtime, on its own Node.js: $says",
    { timeout: 60_000 },
    async (one) => {
      const start = processEnvironments(nodeRuntime(nodes.get(one.runtime) ?? ""));
      expect(await observed(one, start)).toEqual(one.expected[one.runtime]);
    },
  );
});

async function observed(one: RuntimeCase & { readonly runtime: string }, start: StartEnvironment) {
  const isolation = { start, environmentModule: processes.bootstrap };
  const { lines, ...rest } = await observe(one, one.runtime, isolation);
  return { ...rest, lines: withoutFrame(lines) };
}

/** A process that ends of an error shows where it stands in the source, and the version of Node.js. */
function withoutFrame(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => /^file:\/\/.*:\d+$/.test(line));
  const end = lines.findIndex((line) => /^ *\^+$/.test(line));
  return lines.filter(
    (line, position) => (position < start || position > end) && !/^Node\.js v/.test(line),
  );
}
