import { patchConsole } from "./console.ts";
import type { Generation } from "./generation.ts";
import type { FindPlace } from "./load-handler.ts";
import { runWithCallbacks } from "./run-with-callbacks.ts";
import { runWithPromises } from "./run-with-promises.ts";
import { defineStreaming } from "./streaming.ts";
import type { Transport } from "./transport.ts";

/**
 * Behaves inside an environment as AWS's runtime client for Node.js does: loads the handler, then
 * answers one invocation after the other, until the environment ends.
 */
export async function runRuntimeClient(
  place: FindPlace,
  generation: Generation,
  transport: Transport,
): Promise<void> {
  const log = patchConsole(generation);
  defineStreaming();
  const run = generation === 3 ? runWithCallbacks : runWithPromises;
  await run(place, transport, log);
}
