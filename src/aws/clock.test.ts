import { afterEach, describe, expect, it } from "vitest";
import { awsNow, noteTime } from "./clock.ts";

const header = (time: number) => new Date(time).toUTCString();
afterEach(() => noteTime(header(Date.now()), Date.now()));

describe("AWS's time", () => {
  it("is this machine's, as long as they agree within what a header can say", () => {
    noteTime(header(Date.now() - 900), Date.now());
    expect(Math.abs(awsNow() - Date.now())).toBeLessThan(50);
  });

  it("is what the last answer has said, where this machine is wrong", () => {
    noteTime(header(Date.now() + 600_000), Date.now());
    expect(awsNow() - Date.now()).toBeGreaterThan(598_000);
    expect(awsNow() - Date.now()).toBeLessThan(602_000);
    noteTime(header(Date.now() - 600_000), Date.now());
    expect(Date.now() - awsNow()).toBeGreaterThan(598_000);
  });

  it("stays what it was where an answer does not say it", () => {
    noteTime(header(Date.now() + 600_000), Date.now());
    noteTime(undefined, Date.now());
    noteTime("soon", Date.now());
    expect(awsNow() - Date.now()).toBeGreaterThan(598_000);
  });
});
