import { build } from "esbuild";

type Parser = typeof import("@actions/workflow-parser");

/**
 * What GitHub's own parser has against a workflow: keys that do not exist, and expressions that name what
 * is not there. Its package imports JSON as bundlers do, and Node.js does not; so it is bundled first.
 */
export async function githubErrors(name: string, content: string): Promise<string[]> {
  const { parseWorkflow, NoOperationTraceWriter } = await loadParser();
  const { context } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

let parser: Promise<Parser> | undefined;

function loadParser(): Promise<Parser> {
  parser ??= bundleParser();
  return parser;
}

async function bundleParser(): Promise<Parser> {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export * from "@actions/workflow-parser";',
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "node20",
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
}
