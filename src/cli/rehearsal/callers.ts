import { setTimeout } from "node:timers/promises";
import { routePath, type ServicePlan } from "../../plan/index.ts";
import type { Calls } from "../../rehearsal/index.ts";

/** Between two requests. */
const pauseMilliseconds = 100;

export interface Callers {
  /** Sends no more, and waits for the answers of what was sent. */
  stop(): Promise<Calls>;
}

/** What callers may ask for without changing anything: routes with GET, by their examples, up to the stage. */
export function readPaths({ api }: ServicePlan): readonly string[] {
  return api.routes
    .filter(({ method }) => method === "GET")
    .map(({ path, example: { pathParameters, query } }) => {
      const filled = routePath(path, pathParameters);
      const asked = new URLSearchParams(query).toString();
      return asked === "" ? filled : `${filled}?${asked}`;
    });
}

/**
 * Callers who do not know of each other: a request is sent whenever its time has come, whether those before were
 * answered or not.
 *
 * @param url up to the stage
 * @param versionHeader says in an answer which version it is of
 */
export function startCallers(
  url: string,
  paths: readonly string[],
  { token, versionHeader }: { readonly token: string; readonly versionHeader: string },
): Callers {
  const byVersion: Record<string, number> = {};
  let [total, failed] = [0, 0];
  const ask = async (path: string) => {
    total += 1;
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}${path}`, { headers }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer === undefined || answer.status >= 500) failed += 1;
    const version = answer?.headers.get(versionHeader) ?? "none";
    byVersion[version] = (byVersion[version] ?? 0) + 1;
  };
  const ended = new AbortController();
  const underWay: Promise<void>[] = [];
  const calling = (async () => {
    for (let number = 0; !ended.signal.aborted; number++) {
      underWay.push(ask(paths[number % paths.length] ?? "/"));
      await setTimeout(pauseMilliseconds, undefined, ended).catch(() => {});
    }
  })();
  return {
    async stop() {
      ended.abort();
      await calling;
      await Promise.all(underWay);
      return { total, failed, byVersion };
    },
  };
}
