import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBelow } from "./is-below.ts";

describe("a file below a folder", () => {
  it.each<[string, string, boolean]>([
    ["/srv/orders", "/srv/orders/service.ts", true],
    ["/srv/orders", "/srv/orders", true],
    ["/srv/orders", "/srv/orders/..data/file", true],
    ["/srv/orders", "/srv/orders-old/service.ts", false],
    ["/srv/orders", "/srv", false],
  ])("on Linux and macOS: %s, %s: %s", (folder, file, expected) => {
    expect(isBelow(folder, file, path.posix)).toBe(expected);
  });

  it.each<[string, string, boolean]>([
    ["C:\\code\\orders", "C:\\code\\orders\\src\\list.ts", true],
    ["C:\\code\\orders", "c:\\Code\\Orders\\src\\list.ts", true],
    ["C:\\code\\orders", "C:/code/orders/src/list.ts", true],
    ["C:\\code\\orders", "C:\\code\\orders-old", false],
    ["C:\\code\\orders", "C:\\code", false],
    ["C:\\code\\orders", "D:\\code\\orders\\src\\list.ts", false],
    ["C:\\code\\orders", "\\\\server\\share\\orders", false],
  ])("on Windows: %s, %s: %s", (folder, file, expected) => {
    expect(isBelow(folder, file, path.win32)).toBe(expected);
  });

  it("is every name that is joined to the folder, and none above it, on both", () => {
    const name = fc.stringMatching(/^[a-z][a-z.-]{0,8}[a-z]$/);
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1 }),
        fc.constantFrom("posix", "win32"),
        (names, on) => {
          const paths = path[on];
          const root = on === "posix" ? "/w" : "C:\\w";
          expect(isBelow(root, paths.join(root, ...names), paths)).toBe(true);
          expect(isBelow(paths.join(root, ...names), root, paths)).toBe(false);
        },
      ),
    );
  });
});
