import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openRoutes } from "../../test/open-routes.ts";
import { callHandler } from "../testing/index.ts";
import { entityTag, httpHandler, ifMatch, ok } from "./index.ts";

beforeEach(() => {
  vi.stubEnv("ROUTE_AUTH", openRoutes);
});

beforeEach(() => {
  vi.stubEnv("LOG_LEVEL", "ERROR");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const handler = httpHandler(async (request) => ok({ expected: ifMatch(request) ?? "none" }));

/** What a handler reads from the header. */
async function read(header?: string) {
  const headers: Record<string, string> = header === undefined ? {} : { "If-Match": header };
  const { status, body } = await callHandler(handler, { route: "PUT /", headers });
  return { status, expected: body.expected, errors: body.errors };
}

/** The characters that RFC 9110 allows in an entity tag, as far as one byte goes. */
const opaque = fc.string({
  unit: fc
    .oneof(
      fc.constant(0x21),
      fc.integer({ min: 0x23, max: 0x7e }),
      fc.integer({ min: 0x80, max: 0xff }),
    )
    .map((code) => String.fromCharCode(code)),
});

describe("an entity tag", () => {
  it("is the version in quotation marks", () => {
    expect(entityTag(3)).toBe('"3"');
    expect(entityTag("2026-11-22")).toBe('"2026-11-22"');
  });

  it("of any version is read from If-Match as that version", async () => {
    await fc.assert(
      fc.asyncProperty(opaque, async (version) => {
        expect(await read(entityTag(version))).toMatchObject({ status: 200, expected: [version] });
      }),
    );
  });
});

describe("If-Match", () => {
  it("expects nothing where it is not sent", async () => {
    expect(await read()).toMatchObject({ status: 200, expected: "none" });
  });

  it.each(["*", " * "])("expects any version where it is a star: %s", async (header) => {
    expect(await read(header)).toMatchObject({ status: 200, expected: "*" });
  });

  it.each([
    ['"1"', ["1"]],
    ['  "1"  ', ["1"]],
    ['""', [""]],
    ['"1", "2","3"\t,\t"4"', ["1", "2", "3", "4"]],
    ['"a,b", "c"', ["a,b", "c"]],
    ['"*"', ["*"]],
  ])("expects each version that it lists: %s", async (header, expected) => {
    expect(await read(header)).toMatchObject({ status: 200, expected });
  });

  it.each([
    ['W/"1"', []],
    ['W/"1", "2"', ["2"]],
    ['"1", W/"1"', ["1"]],
    ['"W/"', ["W/"]],
  ])("matches no version by a weak tag: %s", async (header, expected) => {
    expect(await read(header)).toMatchObject({ status: 200, expected });
  });

  it.each([
    "",
    "1",
    '"1',
    '1"',
    "'1'",
    'w/"1"',
    'W/ "1"',
    'W"1"',
    '"1" "2"',
    '"1";"2"',
    '"a b"',
    '"1", *',
    '*, "1"',
    "**",
    '"1",',
    ',"1"',
    '"€"',
  ])("answers 400 where it is malformed: %s", async (header) => {
    expect(await read(header)).toMatchObject({
      status: 400,
      errors: [{ field: "If-Match", message: 'has to be "*" or entity tags such as "1"' }],
    });
  });

  it("gives the versions of its strong tags, for any list of tags", async () => {
    const tags = fc.array(fc.tuple(fc.boolean(), opaque), { minLength: 1, maxLength: 5 });
    const comma = fc.constantFrom(",", ", ", " ,", "\t,  ");
    await fc.assert(
      fc.asyncProperty(tags, comma, async (tags, comma) => {
        const header = tags.map(([weak, tag]) => `${weak ? "W/" : ""}"${tag}"`).join(comma);
        const expected = tags.filter(([weak]) => !weak).map(([, tag]) => tag);
        expect(await read(header)).toMatchObject({ status: 200, expected });
      }),
    );
  });

  it("is read or answers 400, whatever the text, and never fails", async () => {
    const pieces = fc.constantFrom('"', "W/", "*", ",", " ", "a", "1", "\\", "\u0000", "é", "€");
    const text = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(text, async (header) => {
        expect([200, 400]).toContain((await read(header)).status);
      }),
    );
  });
});
