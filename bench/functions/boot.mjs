/**
 * Starts a function once, as AWS's runtime client does: builtin modules by `require`, the function's
 * module by `import()`, then two events. An `import` of node:http here would load what the functions
 * that are measured may load themselves, and hide it.
 *
 * node boot.mjs TASK_ROOT EVENT_FILE [--throttled]
 *
 * Answers on file descriptor 3 with one JSON line: load, first and second event in wall and CPU time,
 * and what the whole process has used. Throttled, it stops itself once it has loaded, is continued
 * from outside, and takes only one event.
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const fs = require("node:fs");
require("node:http");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const answers = 3;
const [taskRoot, eventFile, mode] = process.argv.slice(2);
const throttled = mode === "--throttled";

const load = await timed(() => import(pathToFileURL(path.join(taskRoot, "index.mjs")).href));
const { handler } = load.result;
const event = JSON.parse(fs.readFileSync(eventFile, "utf8"));
if (throttled) process.kill(process.pid, "SIGSTOP");
const first = await timed(() => handler(event, context("first")));
const second = throttled ? undefined : await timed(() => handler(event, context("second")));

const usage = process.resourceUsage();
const line = {
  load: times(load),
  first: { ...times(first), status: answerOf(first.result) },
  second: second && { ...times(second), status: answerOf(second.result) },
  cpuMs: (usage.userCPUTime + usage.systemCPUTime) / 1000,
  peakMb: peakKilobytes() / 1024,
};
fs.writeSync(answers, `${JSON.stringify(line)}\n`);
process.exit();

/** Linux counts in `maxRSS` what the process was before it became this program. */
function peakKilobytes() {
  try {
    return Number(/^VmHWM:\s*(\d+)/m.exec(fs.readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    return usage.maxRSS;
  }
}

/** A status, or what an authorizer's policy does first. */
function answerOf(result) {
  return result?.statusCode ?? result?.policyDocument?.Statement[0]?.Effect;
}

async function timed(work) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { result, wallMs, cpuMs: (user + system) / 1000 };
}

function times({ wallMs, cpuMs }) {
  return { wallMs, cpuMs };
}

function context(awsRequestId) {
  return {
    awsRequestId,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:bench",
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => 30_000,
  };
}
