import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TableSettings } from "../../aws/index.ts";
import { settingDifferences, settingsFor, settingsOfPlan } from "../index.ts";

const units = fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: null });
const settings: fc.Arbitrary<TableSettings> = fc.record({
  billing: fc.record({
    mode: fc.constantFrom("on-demand" as const, "provisioned" as const),
    readUnits: units,
    writeUnits: units,
  }),
  tableClass: fc.constantFrom("STANDARD" as const, "STANDARD_INFREQUENT_ACCESS" as const),
  isProtected: fc.boolean(),
  stream: fc.constantFrom(null, "NEW_IMAGE" as const, "KEYS_ONLY" as const),
  key: fc.constantFrom(null, "arn:aws:kms:eu-west-1:1:key/one", "arn:aws:kms:eu-west-1:1:key/two"),
  timeToLiveAttribute: fc.constantFrom(null, "expires"),
  recoveryDays: fc.option(fc.integer({ min: 1, max: 35 }), { nil: null }),
  tags: fc.dictionary(fc.constantFrom("team", "cost"), fc.string()),
  policy: fc.constantFrom(null, "{}"),
  contributorInsights: fc.constantFrom(null, "THROTTLED_KEYS" as const),
  kinesisStreams: fc.subarray(["arn:one", "arn:two"]),
});

describe("the settings of a table", () => {
  it("differ in nothing from themselves, and once each difference is given, in nothing from the others", () => {
    fc.assert(
      fc.property(settings, settings, (wanted, there) => {
        expect(settingDifferences(wanted, wanted)).toEqual([]);
        let now: TableSettings = there;
        for (const { setting, wanted: value } of settingDifferences(wanted, there)) {
          now = { ...now, [setting]: value };
        }
        expect(now).toEqual(wanted);
      }),
    );
  });

  it("protect it first", () => {
    const plan = { environment: "prod" as const, tags: {} };
    const wanted = settingsOfPlan(plan, { timeToLiveAttribute: "expires" });
    const there = { ...wanted, isProtected: false, recoveryDays: null, timeToLiveAttribute: null };
    expect(settingDifferences(wanted, there).map(({ setting }) => setting)).toEqual([
      "isProtected",
      "recoveryDays",
      "timeToLiveAttribute",
    ]);
  });

  it("have AWS's own key by whatever ARN that has in the account, and not none", () => {
    const wanted = settingsOfPlan({ environment: "dev", tags: {} }, { timeToLiveAttribute: null });
    expect(wanted.key).toBe("aws/dynamodb");
    expect(settingDifferences(wanted, { ...wanted, key: "arn:aws:kms:eu-west-1:1:key/9" })).toEqual(
      [],
    );
    expect(settingDifferences(wanted, { ...wanted, key: null })).toHaveLength(1);
  });

  it("name the other table in its policy, and nothing that only begins so; and are not marked as kept aside", () => {
    const policy =
      '{"Resource":["arn:aws:dynamodb:eu-west-1:1:table/a.b","arn:aws:dynamodb:eu-west-1:1:table/a.b/index/c","arn:aws:dynamodb:eu-west-1:1:table/a.b-2","arn:aws:dynamodb:eu-west-1:1:table/axb"]}';
    const own = settingsOfPlan(
      { environment: "dev", tags: { team: "shop" } },
      { timeToLiveAttribute: null },
    );
    const tags = { ...own.tags, "lambdakit:kept-aside": "once" };
    expect(settingsFor({ ...own, tags, policy }, "a.b", "new")).toEqual({
      ...own,
      policy:
        '{"Resource":["arn:aws:dynamodb:eu-west-1:1:table/new","arn:aws:dynamodb:eu-west-1:1:table/new/index/c","arn:aws:dynamodb:eu-west-1:1:table/a.b-2","arn:aws:dynamodb:eu-west-1:1:table/axb"]}',
    });
  });
});
