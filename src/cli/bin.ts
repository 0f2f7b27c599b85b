#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --max-semi-space-size=2 --expose-gc
import { processTerminal } from "../system/index.ts";
import { main } from "./main.ts";

// Lambda has no other time zone, and threads have that of the process.
process.env.TZ = "UTC";

// Which Node.js AWS's SDK will want some day is our business, and not that of whoever deploys.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => interruption.abort(signal));
}
// Whoever reads the answer may stop reading, as `head` does: then there is nothing more to do.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  interruption.abort();
});

process.exitCode = await main(process.argv.slice(2), {
  terminal: processTerminal(),
  interrupted: interruption.signal,
});
