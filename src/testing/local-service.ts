import { type DevServer, startDev } from "../dev/index.ts";

/**
 * The whole service, as `lambdakit dev` serves it, on a free port and with empty tables of its own: for
 * tests that speak HTTP. Stop it when done.
 */
export function startLocalService(directory: string): Promise<DevServer> {
  return startDev({
    directory,
    port: 0,
    memory: true,
    ownEngine: true,
    reset: false,
    sampleData: false,
    // Nobody edits anything while a test runs, and nobody would be told.
    typeCheck: false,
    onEvent: () => {},
  });
}
