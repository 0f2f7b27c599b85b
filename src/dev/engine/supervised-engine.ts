import type { TableEngine } from "./engine.ts";

/** An engine that is started again when it dies. Its `endpoint` is another one then. */
export interface SupervisedEngine extends TableEngine {
  /**
   * While it is being started again: settles when it is there, and rejects when it has died for good,
   * or is stopped. Undefined while it runs.
   */
  readonly restarting: Promise<void> | undefined;
}

export interface Restart {
  /** Why the engine had ended. */
  readonly reason: string;
  /** From its end until it was ready again. */
  readonly milliseconds: number;
}

export interface Supervision {
  readonly start: () => Promise<TableEngine>;
  /** What has to be there before an engine that was started again is used, such as the tables. */
  readonly prepare: (endpoint: string) => Promise<unknown>;
  readonly onRestart: (restart: Restart) => void;
  /** Restarts within `periodSeconds`; with one more it stays dead. @default 5 */
  readonly mostRestarts?: number;
  /** @default 60 */
  readonly periodSeconds?: number;
}

/**
 * Starts an engine, and starts it again when it ends by itself: on the same data, or empty where it
 * keeps its data in memory. `ended` settles when it has died too often, or could not be started again.
 */
export async function superviseEngine({
  start,
  prepare,
  onRestart,
  mostRestarts = 5,
  periodSeconds = 60,
}: Supervision): Promise<SupervisedEngine> {
  let engine = await start();
  let isStopping = false;
  let restarting: Promise<void> | undefined;
  let restarts: number[] = [];
  let giveUp: (reason: string) => void = () => {};
  const ended = new Promise<string>((resolve) => {
    giveUp = resolve;
  });
  watch();

  return {
    name: engine.name,
    lacks: engine.lacks,
    ended,
    get endpoint() {
      return engine.endpoint;
    },
    get restarting() {
      return restarting;
    },
    async stop() {
      isStopping = true;
      await restarting?.catch(() => {});
      await engine.stop();
    },
  };

  function watch(): void {
    void engine.ended.then((reason) => {
      if (isStopping) return;
      restarting = restart(reason);
      // It stays rejected for whoever asks later.
      restarting.catch((error: Error) => giveUp(error.message));
    });
  }

  async function restart(reason: string): Promise<void> {
    const began = performance.now();
    let why: string | undefined = reason;
    while (why !== undefined) {
      if (isStopping) throw new Error(`${engine.name} is being stopped`);
      noteRestart(why);
      why = await startAgain();
    }
    restarting = undefined;
    watch();
    onRestart({ reason, milliseconds: performance.now() - began });
  }

  /** Why it could not be started, or undefined where it was. */
  async function startAgain(): Promise<string | undefined> {
    try {
      await engine.stop();
      engine = await start();
      await prepare(engine.endpoint);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** @throws {Error} where it is one too many */
  function noteRestart(reason: string): void {
    const now = performance.now();
    restarts = restarts.filter((at) => at > now - periodSeconds * 1_000);
    if (restarts.length >= mostRestarts) {
      throw new Error(
        `${reason}; restarts within ${periodSeconds} seconds: ${mostRestarts}, and now no more`,
      );
    }
    restarts.push(now);
  }
}
