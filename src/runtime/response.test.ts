import { describe, expect, it } from "vitest";
import { created, noContent, ok } from "./index.ts";

describe("responses", () => {
  it("ok is 200 with a body, and the headers that were given", () => {
    expect(ok({ a: 1 })).toEqual({ status: 200, headers: {}, body: { a: 1 } });
    expect(ok([], { ETag: '"1"' })).toEqual({ status: 200, headers: { ETag: '"1"' }, body: [] });
  });

  it("created is 201 with the place of what is new, and the headers that were given", () => {
    expect(created({ a: 1 }, { location: "/a/1" })).toEqual({
      status: 201,
      headers: { Location: "/a/1" },
      body: { a: 1 },
    });
    expect(created({}, { location: "/a/1", ETag: '"1"' }).headers).toEqual({
      ETag: '"1"',
      Location: "/a/1",
    });
  });

  it("noContent is 204, without a body", () => {
    expect(noContent()).toEqual({ status: 204 });
  });
});
