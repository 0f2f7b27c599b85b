import { describe, expect, it } from "vitest";
import { LambdakitError } from "../../errors/index.ts";
import { type QueryState, runQuery } from "../index.ts";

const statistics = { recordsMatched: 1, recordsScanned: 2, bytesScanned: 3 };
const state = (status: string): QueryState => ({ status, found: [[["a", "1"]]], statistics });
const query = { groups: ["g"], query: "fields a", from: 0, to: 1 };
const failure = (name: string) =>
  new LambdakitError("AWS_FAILED", {
    message: name,
    fix: "none",
    cause: Object.assign(new Error(`the message of ${name}`), { name }),
  });

/** Runs a query that comes to these states one after the other. */
async function run(
  states: readonly (QueryState | Error)[],
  interruptAt = Number.POSITIVE_INFINITY,
) {
  const interruption = new AbortController();
  const done: string[] = [];
  let asked = 0;
  const source = {
    async start() {
      const [first] = states;
      if (first instanceof Error && states.length === 1) throw first;
      return "id";
    },
    async state() {
      const next = states[asked++];
      if (asked >= interruptAt) interruption.abort();
      if (next instanceof Error) throw next;
      return next as QueryState;
    },
    async stop() {
      done.push("stopped");
    },
  };
  const clock = { ticks: () => 0, random: () => 0, sleep: async () => {} };
  const answer = await runQuery(query, source, clock, interruption.signal, ({ status }) => {
    done.push(status);
  }).catch((error) => error);
  return { answer, done };
}

describe("a query of CloudWatch Logs Insights", () => {
  it("is asked until it is complete, and tells how far it is", async () => {
    const states = [state("Scheduled"), state("Running"), state("Complete")];
    const { answer, done } = await run(states);
    expect(answer).toEqual({ ...state("Complete"), id: "id" });
    expect(done).toEqual(["Scheduled", "Running"]);
  });

  it("is stopped where it is given up, or cannot be asked any more", async () => {
    const running = [state("Running"), state("Running"), state("Running")];
    expect(await run(running, 2)).toEqual({
      answer: undefined,
      done: ["Running", "Running", "stopped"],
    });
    const { answer, done } = await run([state("Running"), failure("ServerError")]);
    expect(answer).toMatchObject({ code: "AWS_FAILED" });
    expect(done).toEqual(["Running", "stopped"]);
  });

  it.each(["Failed", "Cancelled", "Timeout"])("says that it has ended as %s", async (status) => {
    const { answer, done } = await run([state("Running"), state(status)]);
    expect(answer).toMatchObject({
      code: "LOGS_QUERY_FAILED",
      message: `The query id has ended as ${status}.`,
    });
    expect(done).toEqual(["Running"]);
  });

  it.each([
    ["MalformedQueryException", "LOGS_QUERY_REFUSED"],
    ["InvalidParameterException", "LOGS_QUERY_REFUSED"],
    ["ResourceNotFoundException", "LOGS_NO_GROUP"],
    ["OtherException", "AWS_FAILED"],
  ])("that is not begun, for %s, is %s", async (name, code) => {
    expect((await run([failure(name)])).answer).toMatchObject({
      code,
      message: expect.stringContaining(name),
    });
  });
});
