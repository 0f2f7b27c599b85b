import { afterEach, describe, expect, it } from "vitest";
import { awsNow, noteTime } from "./clock.ts";

const header = (time: number) => new Date(time).toUTCString();
const note = (date: unknown, took = 0) => noteTime(date, Date.now() - took, Date.now());
afterEach(() => note(header(Date.now())));

describe("AWS's time", () => {
  it("is this machine's, as long as they agree within what a header can say", () => {
    note(header(Date.now() - 900));
    expect(Math.abs(awsNow() - Date.now())).toBeLessThan(50);
  });

  it("is this machine's where an answer took long: it was written some time in between", () => {
    note(header(Date.now() - 8_000), 10_000);
    expect(Math.abs(awsNow() - Date.now())).toBeLessThan(50);
    note(header(Date.now() - 20_000), 10_000);
    expect(Date.now() - awsNow()).toBeGreaterThan(8_000);
    expect(Date.now() - awsNow()).toBeLessThan(12_000);
  });

  it("is what the last answer has said, where this machine is wrong", () => {
    note(header(Date.now() + 600_000));
    expect(awsNow() - Date.now()).toBeGreaterThan(598_000);
    expect(awsNow() - Date.now()).toBeLessThan(602_000);
    note(header(Date.now() - 600_000));
    expect(Date.now() - awsNow()).toBeGreaterThan(598_000);
  });

  it("stays what it was where an answer does not say it", () => {
    note(header(Date.now() + 600_000));
    note(undefined);
    note("soon");
    expect(awsNow() - Date.now()).toBeGreaterThan(598_000);
  });
});
