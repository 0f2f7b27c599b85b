import { describe, expect, it } from "vitest";
import { idPattern, linkedIds, ofVersions, withIds } from "../index.ts";

const lambda = "7c0e4b6e-9d5f-4f58-a2c1-1f2d3e4a5b6c";
const gateway = "0a1b2c3d-1111-2222-3333-444455556666";

describe("the ids of a request", () => {
  it("are found as a whole, in JSON and in text", () => {
    const has = withIds([lambda, "a.b"]);
    expect(has({ message: `{"function_request_id":"${lambda}"}` })).toBe(true);
    expect(has({ message: `START RequestId: ${lambda} Version: 7\n` })).toBe(true);
    expect(has({ message: `x${lambda}` })).toBe(false);
    expect(has({ message: `${lambda}-1` })).toBe(false);
    expect(has({ message: "axb" })).toBe(false);
    expect(has({ message: "a.b" })).toBe(true);
  });

  it("lead to each other, by the lines of functions, of Lambda and of API Gateway", () => {
    const ofFunction = { function_request_id: lambda, correlation_id: gateway, message: "x" };
    expect(linkedIds({ message: JSON.stringify(ofFunction) })).toEqual([lambda, gateway]);
    const access = { requestId: gateway, integrationRequest: lambda, status: "200" };
    expect(linkedIds({ message: JSON.stringify(access) })).toEqual([gateway, lambda]);
    const report = { type: "platform.report", record: { requestId: lambda } };
    expect(linkedIds({ message: JSON.stringify(report) })).toEqual([lambda]);
    expect(linkedIds({ message: "text" })).toEqual([]);
  });

  it("do not lead to everything where a caller's is short, or none was needed", () => {
    const line = { requestId: gateway, integrationRequest: "-", correlation_id: "1" };
    expect(linkedIds({ message: JSON.stringify(line) })).toEqual([gateway]);
  });

  it("are a pattern for CloudWatch where it takes them as they are, and where they fit", () => {
    expect(idPattern([lambda])).toBe(`"${lambda}"`);
    expect(idPattern([lambda, gateway])).toBe(`?"${lambda}" ?"${gateway}"`);
    expect(idPattern(['a"b-12345'])).toBeUndefined();
    expect(idPattern(["short"])).toBeUndefined();
    expect(
      idPattern(Array.from({ length: 40 }, (_, index) => `${lambda}${index}`)),
    ).toBeUndefined();
  });
});

describe("the version of a function", () => {
  it("stands in the name of its log stream", () => {
    const isOf = ofVersions({ list: "7" });
    expect(isOf({ key: "list", stream: "2026/11/27/[7]5e0f" })).toBe(true);
    expect(isOf({ key: "list", stream: "2026/11/27/bbws-product-list-dev[7]5e0f" })).toBe(true);
    expect(isOf({ key: "list", stream: "2026/11/27/[77]5e0f" })).toBe(false);
    expect(isOf({ key: "list", stream: "2026/11/27/[$LATEST]5e0f" })).toBe(false);
    expect(isOf({ key: "get", stream: "2026/11/27/[7]5e0f" })).toBe(false);
    expect(isOf({ key: "list", stream: "5e0f" })).toBe(false);
  });
});
