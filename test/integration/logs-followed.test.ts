/** Ten writers, a hundred thousand events, and CloudWatch as it is on a bad day: throttled, cut off, late. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { findMoto, type Moto, startMoto } from "../../src/emulator/start-moto.ts";
import { openLogs, readLogs, systemClock } from "../../src/observe/index.ts";
import { type Fault, faultyProxy } from "../faulty-proxy.ts";
import { productPlan } from "../product-plan.ts";
import { withVariables } from "../variables.ts";

const lacks = findMoto();
if (lacks.length > 0) process.stderr.write(`No logs are followed: ${lacks.join("; ")}.\n`);

const { region, accountId, functions } = productPlan("dev");
const groups = functions.map(({ key, logGroup: { name } }) => ({ key, name }));
const bin = fileURLToPath(new URL("../../dist/cli/bin.js", import.meta.url));
const service = fileURLToPath(new URL("../../services/product", import.meta.url));
const writersOfGroup = 2;
const batches = 10;
const eventsOfBatch = 1_000;
const total = groups.length * writersOfGroup * batches * eventsOfBatch;

/** Every fifth call is refused, every eighth is cut off. */
function badDay(): Fault & { readonly counts: Record<"calls" | "throttled" | "cutOff", number> } {
  const counts = { calls: 0, throttled: 0, cutOff: 0 };
  return {
    counts,
    instead: () => {
      counts.calls += 1;
      if (counts.calls % 8 === 0) {
        counts.cutOff += 1;
        return "drop";
      }
      if (counts.calls % 5 !== 0) return undefined;
      counts.throttled += 1;
      const type = "ThrottlingException";
      const text = JSON.stringify({ __type: type, message: "Rate exceeded" });
      return { status: 400, headers: { "x-amzn-errortype": type }, text };
    },
  };
}

describe.skipIf(lacks.length > 0)("following the logs of an account", { timeout: 120_000 }, () => {
  let moto: Moto;
  let writing: CloudWatchLogsClient;

  beforeAll(async () => {
    moto = await startMoto(region, accountId, false);
    onTheWay(withVariables({ ...moto.env, AWS_PROFILE: undefined }));
    writing = new CloudWatchLogsClient({ region, endpoint: moto.url });
    for (const { name } of groups) {
      await writing.send(new CreateLogGroupCommand({ logGroupName: name }));
    }
  });

  const endings: (() => void)[] = [];
  const onTheWay = (ending: () => void) => void endings.push(ending);
  afterAll(async () => {
    for (const ending of endings) ending();
    writing?.destroy();
    await moto?.stop();
  });

  /** Writes what it has at odd times, for the last three seconds each time, as Lambda does. */
  async function write(group: string, writer: string, times = batches): Promise<string[]> {
    const stream = `2026/11/27/[7]${writer}`;
    await writing.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: stream }));
    const written: string[] = [];
    for (let batch = 0; batch < times; batch++) {
      const now = Date.now();
      const logEvents = Array.from({ length: eventsOfBatch }, (_, index) => {
        const message = `${writer} ${batch} ${index}`;
        written.push(message);
        // Six of a millisecond, or so.
        return { timestamp: now - 3_000 + index * 3 - (index % 3) * 3, message };
      }).sort((one, other) => one.timestamp - other.timestamp);
      await writing.send(
        new PutLogEventsCommand({ logGroupName: group, logStreamName: stream, logEvents }),
      );
      await setTimeout(200);
    }
    return written;
  }

  it("drops none of 100,000 lines of ten writers, and repeats none", async () => {
    const fault = badDay();
    const AWS_ENDPOINT_URL = await faultyProxy(moto.url, fault);
    onTestFinished(withVariables({ AWS_ENDPOINT_URL }));
    const ended = new AbortController();
    const seen: string[] = [];
    const { groups: source } = openLogs(region, {});
    const following = (async () => {
      const options = {
        groups,
        source,
        clock: systemClock,
        from: source.now() - 60_000,
        follow: true,
        keep: () => true,
        signal: ended.signal,
        notice: () => {},
      };
      for await (const { lines } of readLogs(options)) {
        for (const { message } of lines) seen.push(message);
        if (seen.length >= total) ended.abort();
      }
    })();
    const begun = Date.now();
    const written = await Promise.all(
      groups.flatMap(({ name, key }) =>
        Array.from({ length: writersOfGroup }, (_, index) => write(name, `${key}${index}`)),
      ),
    );
    // Who has not seen them all by then never will.
    const patience = setTimeout(60_000, undefined, { signal: ended.signal }).catch(() => {});
    await Promise.race([patience, following]);
    ended.abort();
    await following;
    expect(seen).toHaveLength(total);
    expect(new Set(seen)).toEqual(new Set(written.flat()));
    expect(fault.counts.throttled).toBeGreaterThan(3);
    expect(fault.counts.cutOff).toBeGreaterThan(1);
    // Five calls a second and no more, whatever happens.
    expect(fault.counts.calls).toBeLessThan(((Date.now() - begun) / 1000) * 5 + 10);
  });

  const follow = async (endpoint: string, ...more: string[]) => {
    const child = spawn(process.execPath, [bin, "logs", "-f", "--service", service, ...more], {
      env: { ...process.env, AWS_ENDPOINT_URL: endpoint },
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    return { child, ended: once(child, "close") as Promise<[number | null]> };
  };

  it("does so as a command, too, until Ctrl-C, which is 130", async () => {
    const { child, ended } = await follow(await faultyProxy(moto.url, badDay()), "--json", "get");
    const seen: string[] = [];
    createInterface(child.stdout).on("line", (line) => {
      const { message, function: key } = JSON.parse(line);
      if (key === "get" && message.startsWith("command")) seen.push(message);
    });
    const { name } = groups.find(({ key }) => key === "get") as (typeof groups)[number];
    const written = await write(name, "command", 4);
    for (let waited = 0; seen.length < written.length && waited < 300; waited++) {
      await setTimeout(100);
    }
    child.kill("SIGINT");
    expect(await ended).toEqual([130, null]);
    expect([...seen].sort()).toEqual(written.sort());
  });

  it("ends quietly where nobody reads it any more", async () => {
    const { child, ended } = await follow(moto.url, "--quiet", "list");
    const errors: string[] = [];
    child.stderr.on("data", (text) => void errors.push(String(text)));
    await once(child.stdout, "data");
    child.stdout.destroy();
    const { name } = groups.find(({ key }) => key === "list") as (typeof groups)[number];
    await write(name, "more", 1);
    expect(await ended).toEqual([0, null]);
    expect(errors.join("").replace(/\(node:\d+\) Warning:[\s\S]*created\)\n/, "")).toBe("");
  });
});
