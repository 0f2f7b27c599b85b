import type { IncomingMessage, ServerResponse } from "node:http";

/** Something of the local service's own that answers on the API's port, such as the console page. */
export interface Mount {
  /** A path such as `/_console`: it has this path and all below it, `/_console/…`. */
  readonly prefix: string;
  /** Answers the request. What it throws becomes a 500, where nothing has been sent yet. */
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** The mount that a path belongs to. */
export function findMount(mounts: readonly Mount[], path: string): Mount | undefined {
  return mounts.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
}
