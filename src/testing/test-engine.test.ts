import { afterEach, describe, expect, it, vi } from "vitest";
import { tableApi } from "../dev/engine/index.ts";
import { startTestEngine } from "./index.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const running = process.env.DYNAMODB_ENDPOINT ?? "";

describe("the engine of a test run", () => {
  it("is started where there is none, and made known until it is stopped", async () => {
    vi.stubEnv("DYNAMODB_ENDPOINT", undefined);
    const stop = await startTestEngine();
    const endpoint = process.env.DYNAMODB_ENDPOINT ?? "";
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(endpoint).not.toBe(running);
    expect(await tableApi(endpoint, "ListTables", {})).toEqual({ TableNames: [] });
    await stop();
    expect(process.env).not.toHaveProperty("DYNAMODB_ENDPOINT");
    await expect(tableApi(endpoint, "ListTables", {})).rejects.toMatchObject({
      code: expect.stringMatching(/^ECONN(REFUSED|RESET)$/),
    });
  });

  it("is the one that is there already, which goes on running", async () => {
    const stop = await startTestEngine();
    expect(process.env.DYNAMODB_ENDPOINT).toBe(running);
    await stop();
    expect(process.env.DYNAMODB_ENDPOINT).toBe(running);
    expect(await tableApi(running, "ListTables", {})).toHaveProperty("TableNames");
  });
});
