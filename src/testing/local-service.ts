import { type DevServer, startDev } from "../dev/index.ts";

export interface LocalServiceOptions {
  /** The values of its secrets, by their keys. @default those of this machine, by `lambdakit secret set --env local` */
  readonly secrets?: Readonly<Record<string, string>>;
}

/**
 * The whole service, as `lambdakit dev` serves it, on a free port and with empty tables of its own: for
 * tests that speak HTTP. Stop it when done.
 */
export function startLocalService(
  directory: string,
  { secrets }: LocalServiceOptions = {},
): Promise<DevServer> {
  return startDev({
    directory,
    port: 0,
    memory: true,
    ownEngine: true,
    reset: false,
    sampleData: false,
    secrets,
    // Nobody edits anything while a test runs, and nobody would be told.
    typeCheck: false,
    onEvent: () => {},
  });
}
