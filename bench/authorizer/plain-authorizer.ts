import { execFileSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { peerDirectory } from "../peers.ts";

/** `plain-authorizer.mjs` as most would bundle it. */
export function plainAuthorizer(taskRoot: string): string {
  execFileSync(
    path.resolve("node_modules/.bin/esbuild"),
    [
      fileURLToPath(new URL("plain-authorizer.mjs", import.meta.url)),
      ...["--bundle", "--minify", "--format=esm", "--platform=node", "--target=node22"],
      "--main-fields=module,main",
      '--banner:js=import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      `--outfile=${path.join(taskRoot, "index.mjs")}`,
      "--log-level=error",
    ],
    {
      env: {
        ...process.env,
        NODE_PATH: path.join(peerDirectory("aws-jwt-verify"), "node_modules"),
      },
    },
  );
  return taskRoot;
}
