/**
 * Runs inside the thread of one execution environment: loads the handler once (the init phase), then
 * answers one invocation after the other. Bundled together with the functions.
 */
import { parentPort, workerData } from "node:worker_threads";
import { contextObject } from "./context.ts";
import { functionError } from "./function-error.ts";
import type { EnvironmentData, FromEnvironment, Invocation } from "./messages.ts";

type Handler = (event: unknown, context: unknown) => unknown;

const data: EnvironmentData = workerData;
const send = (message: FromEnvironment) => parentPort?.postMessage(message);

process.setSourceMapsEnabled(true);
try {
  const handler = await loadHandler();
  parentPort?.on("message", (invocation: Invocation) => void invoke(handler, invocation));
  send({ type: "ready" });
} catch (error) {
  send({ type: "init-failed", error: functionError(error) });
}

async function loadHandler(): Promise<Handler> {
  const module = await import(data.module);
  const handler = module[data.handler];
  if (typeof handler === "function") return handler;
  const error = new Error(
    `${data.handler} is ${handler === undefined ? "undefined or not exported" : "not a function"}`,
  );
  error.name = "Runtime.HandlerNotFound";
  throw error;
}

async function invoke(handler: Handler, { payload, context }: Invocation): Promise<void> {
  let result: unknown;
  try {
    result = await handler(JSON.parse(payload), contextObject(context));
  } catch (error) {
    return send({ type: "failed", error: functionError(error) });
  }
  try {
    send({ type: "answer", payload: JSON.stringify(result) ?? "null" });
  } catch {
    const error = new Error("Unable to stringify response body");
    error.name = "Runtime.JSONStringifyError";
    send({ type: "failed", error: functionError(error) });
  }
}
