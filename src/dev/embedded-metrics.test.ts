import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figuresOf } from "../../test/embedded-metrics.ts";
import { embeddedFigures, withoutFigures } from "./embedded-metrics.ts";

const measured = (more: object = {}, directive: object = {}) =>
  JSON.stringify({
    level: "INFO",
    message: "request completed",
    function_name: "acme-shop-get",
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: "acme-shop",
          Dimensions: [["route"]],
          Metrics: [{ Name: "Latency", Unit: "Milliseconds" }, { Name: "Orders" }],
          ...directive,
        },
      ],
    },
    route: "GET /",
    Latency: 1.5,
    Orders: [1, 2],
    ...more,
  });

describe("the figures of a log line", () => {
  it("are those that the specification says, which the tests read in a way of their own", () => {
    expect(embeddedFigures(measured())).toEqual(figuresOf(measured()));
    expect(embeddedFigures(measured())).toHaveLength(2);
  });

  it("are there where Lambda has put time, id and level before the line", () => {
    const line = `2026-11-27T10:20:30.140Z\tc6af9ac6\tINFO\t${measured()}`;
    expect(embeddedFigures(line)).toEqual(embeddedFigures(measured()));
  });

  it.each([
    ["words", "hello _aws"],
    ["a line that is cut", measured().slice(0, -9)],
    ["an object that is called so by chance", JSON.stringify({ _aws: "eu-west-1" })],
    ["a dimension that is not there", measured({}, { Dimensions: [["shop"]] })],
    ["a metric that is a text", measured({ Latency: "fast", Orders: "many" })],
  ])("are none in %s", (_, line) => {
    expect(embeddedFigures(line)).toEqual([]);
  });

  it("never fail, whatever a function writes", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.json(), (directives, value) => {
        const line = `{"_aws":{"CloudWatchMetrics":${directives}},"Latency":${value}}`;
        embeddedFigures(line);
        withoutFigures(line);
      }),
    );
  });
});

describe("a line without its figures", () => {
  it("has the rest, and the function's name, which is a dimension too", () => {
    const line = measured({ size: 7 }, { Dimensions: [["route"], ["function_name"]] });
    expect(JSON.parse(withoutFigures(line) ?? "")).toEqual({
      level: "INFO",
      message: "request completed",
      function_name: "acme-shop-get",
      size: 7,
    });
  });

  it("is as it was where it has none", () => {
    expect(withoutFigures('{"message":"hello"}')).toBe('{"message":"hello"}');
    expect(withoutFigures("hello")).toBe("hello");
  });

  it("is nothing where it has nothing but figures", () => {
    expect(withoutFigures(measured({ message: "request metrics" }))).toBeUndefined();
  });
});
