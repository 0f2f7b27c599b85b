import { describe, expect, it } from "vitest";
import type { CallersMove } from "../../recover/index.ts";
import { callersText, knownText } from "./callers-text.ts";

const moved: CallersMove = {
  outcome: "moved",
  from: "af-south-1",
  to: "eu-west-1",
  release: "a9009b28303c",
  url: "https://b2kq0y7mxe.execute-api.eu-west-1.amazonaws.com/v1",
  unreachable: null,
  replication: {
    orders: { is: "known", behindSeconds: 0.94, at: "2026-11-27T09:12:00.000Z" },
    products: { is: "quiet", since: "2026-11-27T08:45:00.000Z" },
    carts: { is: "unknown", why: "af-south-1 does not answer", last: null },
  },
  losses: [],
  verification: null,
};

describe("where callers are", () => {
  it("is said with the name that they use, or with the URL that somebody else has to lead them to", () => {
    const name = "https://products.example.com";
    expect(callersText("prod", name, moved)).toBe(
      `prod: callers are in eu-west-1, release a9009b28303c\n${name}`,
    );
    expect(callersText("prod", name, { ...moved, outcome: "already-there" })).toBe(
      `prod: callers are in eu-west-1 already\n${name}`,
    );
    expect(callersText("prod", null, { ...moved, outcome: "no-domain" })).toBe(
      `prod: eu-west-1 serves release a9009b28303c; nobody was led there, because no domain is ours to move\n${moved.url}`,
    );
    expect(callersText("prod", null, { ...moved, outcome: "no-domain", url: null })).not.toContain(
      "\n",
    );
  });

  it("comes after what is known of both regions, table by table", () => {
    expect(knownText(moved, 80)).toBe(`\
From af-south-1 to eu-west-1, which has release a9009b28303c
  af-south-1 has the same release
  orders: 0.9 s behind at 2026-11-27T09:12:00.000Z
  products: nothing was written since 2026-11-27T08:45:00.000Z
  carts: how far it is behind is not known: af-south-1 does not answer`);
    const lines = knownText({ ...moved, unreachable: "AWS cannot be reached." }, 20).split("\n");
    expect(lines.filter((line) => line.length > 20)).toEqual([]);
  });
});
