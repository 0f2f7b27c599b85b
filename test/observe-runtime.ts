import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { StartEnvironment } from "../src/dev/host/environment.ts";
import { FunctionHost } from "../src/dev/host/function-host.ts";
import type { HostEvent } from "../src/dev/host/host-event.ts";
import type { InvocationResult } from "../src/dev/host/invocation.ts";
import { localVariables } from "../src/dev/local-variables.ts";
import type { FunctionPlan } from "../src/plan/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** One observed behaviour of AWS's runtime client, as a file of `test/golden/runtime`. */
export interface RuntimeCase {
  /** A sentence. */
  readonly says: string;
  /** The function's files, by name, each a list of lines. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** @default "index.handler" */
  readonly handler?: string;
  /** @default {} */
  readonly event?: unknown;
  /** @default {} */
  readonly variables?: Readonly<Record<string, string>>;
  /** What comes of it, by runtime. */
  readonly expected: Readonly<Record<string, Observed>>;
}

export interface Observed {
  readonly result: unknown;
  /** What the function, and the runtime in its name, wrote. */
  readonly lines: readonly string[];
  /** Whether the next invocation got the same environment. */
  readonly alive: boolean;
}

/** Of nobody: these functions have no tables. */
const credentials = { accessKeyId: "none", secretAccessKey: "none", sessionToken: "none" };

const folder = fileURLToPath(new URL("golden/runtime/", import.meta.url));

export const runtimeCases: readonly RuntimeCase[] = readdirSync(folder)
  .sort()
  .map((name) => JSON.parse(readFileSync(`${folder}${name}`, "utf8")));

export interface Isolation {
  readonly start: StartEnvironment;
  /** The bundled module that runs inside. */
  readonly environmentModule: string;
}

/** Runs a case in an environment of this kind. Times, ids and the inner part of stacks are left out. */
export async function observe(
  one: Omit<RuntimeCase, "expected" | "says">,
  runtime: string,
  { start, environmentModule }: Isolation,
): Promise<Observed> {
  const files = Object.entries(one.files).map(([name, lines]) => [name, `${lines.join("\n")}\n`]);
  const taskRoot = await temporaryFolder(Object.fromEntries(files));
  const lines: HostEvent[] = [];
  const lambda = functionPlan(runtime);
  const host = new FunctionHost({
    lambda,
    code: { taskRoot, handler: one.handler ?? "index.handler", environmentModule },
    variables: {
      ...localVariables({ region: "eu-west-1" }, lambda, "http://127.0.0.1:8000", credentials),
      ...one.variables,
    },
    onEvent: (event) => void lines.push(event),
    start,
    maxEnvironments: 1,
  });
  try {
    const request = { payload: JSON.stringify(one.event ?? {}) };
    const first = await host.invoke(request);
    const written = lines.flatMap((event) =>
      event.type === "output" && !event.platform ? [event.line] : [],
    );
    const second = await host.invoke(request);
    const plain = (text: string) =>
      text
        .replaceAll(idOf(first), "<request>")
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
        .replaceAll(taskRoot, "/var/task")
        .replaceAll(/"(stack|stackTrace)":\["([^"]*)"(,"[^"]*")*\]/g, '"$1":["$2"]');
    return {
      result: JSON.parse(plain(JSON.stringify(answerOf(first)))),
      lines: written
        .map(plain)
        .map(withoutStack)
        .filter((line) => line !== ""),
      alive: environmentOf(first) === environmentOf(second),
    };
  } finally {
    await host.stop();
  }
}

function answerOf(result: InvocationResult): unknown {
  if (result.ok) return { payload: result.payload };
  const { trace, ...error } = result.error;
  // Whose frames a stack has depends on where the runtime client lies.
  return { error: trace === undefined ? error : { ...error, trace: trace.slice(0, 1) } };
}

/** Of an error that Node.js prints itself, the lines of its stack. */
function withoutStack(line: string): string {
  return line.replace(/^ {4}at .*$/, "").replaceAll(/\\n {4}at [^\\"]*/g, "");
}

function idOf(result: InvocationResult): string {
  return "report" in result ? result.report.requestId : "none";
}

function environmentOf(result: InvocationResult): string {
  return "report" in result ? result.report.environment : "none";
}

/** A function, as far as the host has to know it. */
export function functionPlan(runtime: string): FunctionPlan {
  const name = "acme-orders-list-dev";
  return {
    key: "list",
    name,
    arn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
    description: "A function of a test",
    entry: "index.mjs",
    handler: "index.handler",
    runtime,
    architecture: "arm64",
    memoryMb: 256,
    maxPackageSizeKb: 1024,
    codeCache: false,
    timeoutSeconds: 30,
    reservedConcurrency: null,
    ephemeralStorageMb: 512,
    environmentVariables: {},
    logGroup: { name: `/aws/lambda/${name}`, retentionDays: 7 },
    logging: { applicationLevel: "DEBUG", systemLevel: "INFO" },
    role: { name, statements: [] },
    from: "functions.list",
  };
}
