import { describe, expect, it } from "vitest";
import { recordingTerminal } from "../../../test/recording-terminal.ts";
import { waitUntil } from "./wait-until.ts";

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000);

describe("who waits for resolvers", () => {
  it("is told how long that takes, and goes on when it is over", async () => {
    const { terminal, recording } = recordingTerminal();
    const until = inSeconds(0.2);
    await waitUntil(until, { terminal, interrupted: new AbortController().signal });
    expect(Date.now()).toBeGreaterThanOrEqual(until.getTime());
    expect(recording).toMatchObject({
      stdout: "",
      stderr: expect.stringMatching(/^1 s until resolvers have the new answer\n/),
    });
  });

  it("waits for nothing that is over already", async () => {
    const { terminal, recording } = recordingTerminal();
    await waitUntil(inSeconds(-60), { terminal, interrupted: new AbortController().signal });
    expect(recording.stderr).toBe("");
  });

  it("may press Ctrl-C, and is told where callers are", async () => {
    const { terminal } = recordingTerminal();
    const pressed = new AbortController();
    const waiting = waitUntil(inSeconds(600), { terminal, interrupted: pressed.signal });
    pressed.abort("SIGINT");
    await expect(waiting).rejects.toMatchObject({
      code: "RECOVERY_INTERRUPTED",
      exitCode: 130,
      message: expect.stringContaining("leads to the other region already"),
    });
  });
});
