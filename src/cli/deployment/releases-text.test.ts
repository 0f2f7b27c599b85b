import { describe, expect, it } from "vitest";
import { builtRelease, verification } from "../../../test/release-world.ts";
import type { Difference, Operation } from "../../release/index.ts";
import { differencesText, historyText, releaseListText } from "./releases-text.ts";
import { wayBackText } from "./way-text.ts";

const permission: Difference = {
  aspect: "permissions",
  what: 'create may dynamodb:PutItem on arn:aws:dynamodb:eu-west-1:536580886816:table/products-dev where {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["PRODUCT#*"]}}',
  before: null,
  after: "yes",
};
const index: Difference = {
  aspect: "infrastructure",
  what: "index ActiveProductsIndex of products-dev",
  before: null,
  after: "active (string), createdAt (string)",
};
const throttling: Difference = {
  aspect: "infrastructure",
  what: "throttling",
  before: "500 requests/s, burst 1000",
  after: "50 requests/s, burst 100",
};

const started: Operation["started"] = {
  at: "2026-11-26T14:02:11.482Z",
  by: "arn:aws:sts::093646564004:assumed-role/deploy/ada",
  from: { host: "laptop-7", user: "ada", pid: 1, run: null },
  action: "promote",
  release: "3f9c2a1b7d4e",
  previous: "8ab0c1d2e3f4",
  before: {},
  planDigest: null,
  confirmation: null,
  reason: "CHG-1240",
  continues: null,
};
const operation = (more: Partial<Operation>): Operation => ({
  number: 17,
  started,
  applied: null,
  shares: [],
  verified: null,
  restore: null,
  moved: null,
  ended: null,
  ...more,
});

const wide = (text: string) => text.split("\n").filter((line) => line.length > 80);

describe("what is different in a release", () => {
  it("is told apart by what an alias moves, in 80 columns", () => {
    const code: Difference = { aspect: "code", what: "get", before: "90e42f28fd6e", after: null };
    expect(differencesText([code, permission, throttling])).toBe(
      [
        "code",
        "  - get: 90e42f28fd6e",
        "permissions",
        "  + create may dynamodb:PutItem on",
        "      arn:aws:dynamodb:eu-west-1:536580886816:table/products-dev where",
        '      {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["PRODUCT#*"]}}',
        "infrastructure",
        "  ~ throttling: 500 requests/s, burst 1000 -> 50 requests/s, burst 100",
      ].join("\n"),
    );
  });

  it("is told before somebody goes back, what will be missing first", () => {
    const versions = { "bbws-product-get-dev": "7" };
    const way = { release: "8ab0c1d2e3f4", versions, staying: [throttling, index] };
    expect(wayBackText(way, "dev")).toBe(
      [
        "To go back: lambdakit rollback --env dev --to 8ab0c1d2e3f4",
        "    bbws-product-get-dev to 7",
        "  Cannot be undone so: that release had, and will not find,",
        "    index ActiveProductsIndex of products-dev: nothing, not active (string),",
        "      createdAt (string)",
        "  Stays as it is then:",
        "    throttling: 500 requests/s, burst 1000, not 50 requests/s, burst 100",
      ].join("\n"),
    );
  });
});

describe("the history of an environment", () => {
  it("tells what was done, by whom, why and how it ended, in 80 columns", () => {
    const run =
      "https://github.com/BigBeardWebSolutions/2_bbws_product_lambda/actions/runs/1234567890";
    const text = historyText("prod", [
      operation({ number: 18, started: { ...started, action: "rollback", reason: null } }),
      operation({
        started: { ...started, from: { ...started.from, run } },
        shares: [{ at: "", percent: 10, until: "" }],
        verified: { at: "", digests: {}, verification: verification(false) },
        ended: {
          at: "",
          outcome: "rolled-back",
          why: "The release was rolled back in prod: it does not do what it promises:\nlists: is 500",
          seconds: 312.04,
        },
      }),
    ]);
    expect(text).toBe(
      [
        "18  2026-11-26 14:02  rollback 3f9c2a1b7d4e after 8ab0c1d2e3f4",
        "   not ended, by ada on laptop-7",
        "17  2026-11-26 14:02  promote 3f9c2a1b7d4e after 8ab0c1d2e3f4",
        "   rolled-back after 312.0 s, by ada in",
        `     ${run}`,
        "   reason: CHG-1240",
        "   traffic: 10 %",
        "   verified: 0 of 1 checks passed",
        "   The release was rolled back in prod: it does not do what it promises:",
        "   lists: is 500",
      ].join("\n"),
    );
    expect(wide(text)).toEqual([`     ${run}`]);
    expect(historyText("prod", [])).toBe("prod: nothing was done yet.");
  });

  it("says of a release that came back what is known since then", () => {
    const { release } = builtRelease("one");
    const live = { at: "", outcome: "live", why: null, seconds: 1 } as const;
    const own = { ...started, release: release.id, previous: null };
    const back = operation({ number: 19, started: { ...own, action: "rollback" }, ended: live });
    const left = operation({
      number: 18,
      started: { ...started, previous: release.id, action: "rollback" },
      ended: live,
    });
    const seen = { at: "", digests: {}, verification: verification(true) };
    const before = operation({ started: own, verified: seen, ended: live });
    expect(releaseListText("prod", [release], [before])).toMatch(/\n\* \w{12} .* live, verified$/);
    expect(releaseListText("prod", [release], [left, before])).toMatch(
      /\n {2}\w{12} .* rolled back$/,
    );
    expect(releaseListText("prod", [release], [back, left, before])).toMatch(
      /\n\* \w{12} .* live, not verified since$/,
    );
  });
});
