/** Between two invocations an environment stands still, as it does in Lambda. */
import { describe, expect, it } from "vitest";
import { serviceSource, useService } from "../served-service.ts";

/** The first request leaves a timer; the second one tells when that came. */
const timer = `
  let left;
  export const handler = async () => {
    if (left !== undefined) return { statusCode: 200, body: JSON.stringify(await left) };
    left = new Promise((resolve) => setTimeout(() => resolve(Date.now()), 200));
    return { statusCode: 204 };
  };`;

/** The first request leaves a loop; the second one tells the longest pause between two of its turns. */
const loop = `
  let last;
  let pause = 0;
  const turn = () => {
    pause = Math.max(pause, Date.now() - last);
    last = Date.now();
    setImmediate(turn);
  };
  export const handler = async () => {
    if (last !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { statusCode: 200, body: JSON.stringify(pause) };
    }
    last = Date.now();
    turn();
    return { statusCode: 204 };
  };`;

const files = {
  "service.ts": serviceSource({
    timer: { routes: ["GET /timer"], auth: "none" },
    loop: { routes: ["GET /loop"], auth: "none" },
  }),
  "timer.ts": timer,
  "loop.ts": loop,
};

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.each(["thread", "process"] as const)(
  "what a request leaves behind, in a %s",
  { timeout: 60_000 },
  (isolation) => {
    const served = useService(files, { isolation, notEmulated: ["runtime"] });

    it("is not done before the next request, though its time has come", async () => {
      expect((await served.ask("GET /timer")).status).toBe(204);
      await later(600);
      const asked = Date.now();
      expect((await served.ask("GET /timer")).json).toBeGreaterThanOrEqual(asked);
      const started = served.of("environment-started");
      expect(started.filter((event) => event.function === "timer")).toHaveLength(1);
    });

    it("does not run meanwhile", async () => {
      expect((await served.ask("GET /loop")).status).toBe(204);
      await later(500);
      // A loop that goes on has a turn every few microseconds.
      expect((await served.ask("GET /loop")).json).toBeGreaterThan(250);
    });
  },
);
