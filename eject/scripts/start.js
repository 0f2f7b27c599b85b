/**
 * npm start: serves the service on this machine, on a DynamoDB engine of this machine, and reloads it when a file is saved.
 * npm start -- --port 4000 --sample-data --reset --memory --inspect 9229
 */
import { startDev } from "lambdakit/dev";
import { run } from "./steps/run.js";

const options = {
  port: { type: "string", default: "3000" },
  "sample-data": { type: "boolean", default: false },
  reset: { type: "boolean", default: false },
  memory: { type: "boolean", default: false },
  inspect: { type: "string" },
};

/** What is said of what happens, on a line each: requests, what functions write, what they are refused. The console shows all. */
const lines = {
  request: ({ access }) => `${access.method} ${access.path} ${access.status}`,
  output: ({ function: key, line, platform }) => (platform ? undefined : `  ${key} ${line}`),
  failed: ({ function: key, message }) => `  ${key} failed: ${message}`,
  "access-denied": (event) => `  ${event.function} may not do that: ${JSON.stringify(event)}`,
  reloaded: ({ functions }) => `Reloaded ${functions.join(", ")}`,
  "not-reloaded": ({ error }) => `Not reloaded: ${error.message}`,
  "sample-data": ({ sent }) => `Sample data: ${sent} requests sent`,
};

await run(options, async (given) => {
  const server = await startDev({
    directory: ".",
    port: Number(given.port),
    sampleData: given["sample-data"],
    reset: given.reset,
    memory: given.memory,
    ...(given.inspect !== undefined && { inspectPort: Number(given.inspect) }),
    onEvent: tell,
  });
  process.stdout.write(`${server.url}\n`);
  for (const { method, path } of server.plan.api.routes) {
    process.stdout.write(`  ${method} ${path}\n`);
  }
  process.stdout.write(`Console: ${server.url}/_console. A token: npm run --silent token\n`);
  await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, resolve);
  });
  await server.stop();
});

function tell(event) {
  const line = lines[event.type]?.(event);
  if (line !== undefined) process.stderr.write(`${line.trimEnd()}\n`);
}
