import { connect } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { type HostedChange, hosted } from "../../../test/hosted-function.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { threadIsolation } from "../../../test/thread-isolation.ts";

const thread = threadIsolation();
const host = (code: string, change?: HostedChange) => hosted(code, thread(), change);

const counter = `
  import { randomUUID } from "node:crypto";
  const environment = randomUUID();
  globalThis.count = 0;
  export const handler = async () => {
    globalThis.count += 1;
    return { environment, count: globalThis.count };
  };`;

/** Answers when somebody knocks at the port that it writes. */
const held = `
  import { createServer } from "node:net";
  export const handler = (event) => new Promise((resolve) => {
    const server = createServer((socket) => { socket.destroy(); server.close(); resolve("old"); });
    server.listen(0, "127.0.0.1", () => console.log("port=" + server.address().port));
  });`;

const says = (text: string) => `export const handler = async () => "${text}";`;

/** Knocks, and tells whether anybody was there. */
function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function heldPorts({ lines }: { lines(): string[] }, count = 1): Promise<number[]> {
  const ports = () => lines().flatMap((line) => /port=(\d+)/.exec(line)?.slice(1) ?? []);
  await vi.waitFor(() => expect(ports().length).toBeGreaterThanOrEqual(count), 30_000);
  return ports().map(Number);
}

async function newer(text: string, { options }: Awaited<ReturnType<typeof host>>) {
  const taskRoot = await temporaryFolder({ "index.mjs": says(text) });
  return { ...options, code: { ...options.code, taskRoot } };
}

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("the environments of a function", { timeout: 60_000 }, () => {
  it("are initialised once, and used again when they are free", async () => {
    const { answer } = await host(counter);
    const first = (await answer()) as { environment: string };
    expect(await answer()).toEqual({ environment: first.environment, count: 2 });
    expect(await answer()).toEqual({ environment: first.environment, count: 3 });
  });

  it("are as many as there are processors, four at most, with globals of their own and one request at a time; the rest waits", async () => {
    const { invoke } = await host(`
      import { randomUUID } from "node:crypto";
      const environment = randomUUID();
      let running = 0;
      export const handler = async () => {
        running += 1;
        const atATime = running;
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        return { environment, atATime };
      };`);
    const results = await Promise.all(times(40).map(() => invoke()));
    const answers = results.map((result) => result.ok && JSON.parse(result.payload));
    expect(answers.every(({ atATime }) => atATime === 1)).toBe(true);
    const environments = new Set(answers.map(({ environment }) => environment));
    expect(environments.size).toBeGreaterThan(1);
    expect(environments.size).toBeLessThanOrEqual(4);
  });

  it("serve those that wait in the order in which they came", async () => {
    const { invoke } = await host("export const handler = async (n) => n;", { maxEnvironments: 1 });
    const served: number[] = [];
    await Promise.all(times(20).map((n) => invoke(n).then(() => served.push(n))));
    expect(served).toEqual(times(20));
  });

  it("end when they have been idle for long", async () => {
    const { answer, events, host: idle } = await host(counter, { idleSeconds: 0.05 });
    await answer();
    const ended = () => events.filter(({ type }) => type === "environment-ended");
    await vi.waitFor(() => expect(ended()).toHaveLength(1), 30_000);
    expect(await answer()).toMatchObject({ count: 1 });
    await idle.stop();
  });

  it("stay where they are used again and again, while others expire", async () => {
    const { answer, invoke, events } = await host(counter, {
      idleSeconds: 0.4,
      maxEnvironments: 4,
    });
    await Promise.all([invoke(), invoke(), invoke()]);
    const ended = () => events.filter(({ type }) => type === "environment-ended").length;
    let last: unknown;
    await vi.waitFor(
      async () => {
        last = await answer();
        expect(ended()).toBe(2);
      },
      { timeout: 30_000, interval: 20 },
    );
    const { environment } = last as { environment: string };
    expect(await answer()).toMatchObject({ environment });
  });

  it("are told of when they start and end, under the names of their log streams", async () => {
    const { answer, events, host: told } = await host(says("well"));
    await answer();
    await told.stop();
    const lives = events.filter(({ type }) => type.startsWith("environment-"));
    const name = expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][\da-f]{32}$/);
    expect(lives).toEqual([
      { type: "environment-started", function: "list", environment: name },
      { type: "environment-ended", function: "list", environment: name },
    ]);
  });
});

describe("reserved concurrency", { timeout: 60_000 }, () => {
  const reserved = (reservedConcurrency: number) => ({ lambda: { reservedConcurrency } });
  const refused = {
    ok: false,
    reason: "throttled",
    error: { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." },
  };

  it("bounds the environments and what may run or wait: the rest is refused, and none is lost", async () => {
    const { invoke, events } = await host(
      "export const handler = () => new Promise((done) => setTimeout(done, 20, 1));",
      { ...reserved(5), maxEnvironments: 100 },
    );
    const results = await Promise.all(times(200).map(() => invoke()));
    expect(results.filter(({ ok }) => ok)).toHaveLength(5);
    expect(results.filter(({ ok }) => !ok)).toEqual(times(195).map(() => refused));
    expect(events.filter(({ type }) => type === "environment-started")).toHaveLength(5);
    expect((await invoke()).ok).toBe(true);
  });

  it("lets those wait that a laptop has no environments for", async () => {
    const { invoke, events } = await host(says("well"), { ...reserved(10), maxEnvironments: 4 });
    const results = await Promise.all(times(10).map(() => invoke()));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(events.filter(({ type }) => type === "environment-started")).toHaveLength(4);
  });

  it("switches a function off where it is 0", async () => {
    const { invoke } = await host(says("well"), reserved(0));
    expect(await invoke()).toEqual(refused);
  });
});

describe("a function that is replaced", { timeout: 60_000 }, () => {
  it("answers with the new code from then on, whether or not anybody had asked for the old", async () => {
    const asked = await host(says("old"));
    expect(await asked.answer()).toBe("old");
    asked.host.replace(await newer("new", asked));
    expect(await asked.answer()).toBe("new");

    const unasked = await host(says("old"));
    unasked.host.replace(await newer("new", unasked));
    expect(await unasked.answer()).toBe("new");
  });

  it("starts before it is asked again, so that nobody waits for it", async () => {
    const asked = await host(says("old"));
    await asked.answer();
    asked.host.replace(await newer("new", asked));
    const started = () => asked.events.filter(({ type }) => type === "environment-started");
    expect(started()).toHaveLength(2);
  });

  it("lets the old code finish what it has begun", async () => {
    const old = await host(held);
    const answer = old.answer();
    const [port = 0] = await heldPorts(old);
    old.host.replace(await newer("new", old));
    expect(await old.answer()).toBe("new");
    expect(await isOpen(port)).toBe(true);
    expect(await answer).toBe("old");
    expect(await old.answer()).toBe("new");
  });

  it("serves those that wait when all environments are still the old ones'", async () => {
    const old = await host(held, { maxEnvironments: 4 });
    const answers = times(4).map(() => old.answer());
    const ports = await heldPorts(old, 4);
    const waiting = [old.answer(), old.answer()];
    old.host.replace(await newer("new", old));
    for (const port of ports) await isOpen(port);
    expect(await Promise.all(answers)).toEqual(["old", "old", "old", "old"]);
    expect(await Promise.all(waiting)).toEqual(["new", "new"]);
  });

  it("forgets its globals where only its variables are others", async () => {
    const old = await host(counter);
    await old.answer();
    expect(await old.answer()).toMatchObject({ count: 2 });
    old.host.replace({
      ...old.options,
      code: { ...old.options.code },
      variables: { LOG_LEVEL: "DEBUG" },
    });
    expect(await old.answer()).toMatchObject({ count: 1 });
  });
});

describe("a host that is stopped", { timeout: 60_000 }, () => {
  it("ends its environments, idle or not, before it says so", async () => {
    const stopped = await host(held);
    const answer = stopped.invoke();
    const [port = 0] = await heldPorts(stopped);
    await stopped.host.stop();
    expect(await isOpen(port)).toBe(false);
    expect(await answer).toMatchObject({ ok: false, error: { errorType: "Runtime.ExitError" } });
  });

  it("has nothing to end where nobody has invoked it, and starts nothing afterwards", async () => {
    const stopped = await host(says("well"));
    await stopped.host.stop();
    expect(await stopped.invoke()).toMatchObject({
      ok: false,
      reason: "stopping",
      error: { errorType: "ServiceException" },
    });
    expect(stopped.events).toEqual([]);
  });

  it("ends environments that are still being initialised", async () => {
    const stopped = await host("await new Promise((done) => setTimeout(done, 60_000));");
    const answer = stopped.invoke();
    await stopped.host.stop();
    expect(await answer).toMatchObject({ ok: false });
    expect(stopped.events.filter(({ type }) => type === "environment-started")).toHaveLength(1);
  });

  it("tells those that were waiting that there will be none for them", async () => {
    const stopped = await host(held, { maxEnvironments: 4 });
    const running = times(4).map(() => stopped.invoke());
    await heldPorts(stopped, 4);
    const waiting = stopped.invoke();
    await stopped.host.stop();
    await Promise.all(running);
    expect(await waiting).toMatchObject({ ok: false, reason: "stopping" });
    expect(stopped.events.filter(({ type }) => type === "environment-started")).toHaveLength(4);
  });
});
