/**
 * Keeps a function warm and invokes it as often as it is told to: each line on stdin is a number, and
 * is answered on file descriptor 3 with the CPU and wall microseconds of one invocation.
 *
 * node loop.mjs TASK_ROOT EVENT_FILE
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const fs = require("node:fs");
const path = require("node:path");
const { createInterface } = require("node:readline");
const { pathToFileURL } = require("node:url");

const answers = 3;
const [taskRoot, eventFile] = process.argv.slice(2);
const { handler } = await import(pathToFileURL(path.join(taskRoot, "index.mjs")).href);
const event = JSON.parse(fs.readFileSync(eventFile, "utf8"));
const context = {
  awsRequestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:bench",
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  getRemainingTimeInMillis: () => 30_000,
};

for await (const line of createInterface({ input: process.stdin })) {
  const count = Number(line);
  const cpu = process.cpuUsage();
  const start = performance.now();
  let result;
  for (let number = 0; number < count; number++) result = await handler(event, context);
  const wallUs = ((performance.now() - start) * 1000) / count;
  const { user, system } = process.cpuUsage(cpu);
  const answer = {
    cpuUs: (user + system) / count,
    wallUs,
    status: result.statusCode,
    bodyBytes: result.body.length,
  };
  fs.writeSync(answers, `${JSON.stringify(answer)}\n`);
}
process.exit();
