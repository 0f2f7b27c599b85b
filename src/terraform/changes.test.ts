import { describe, expect, it } from "vitest";
import { changesOf, shownChanges } from "./changes.ts";
import type { PlannedChange } from "./message.ts";
import type { ShownChange } from "./shown-plan.ts";

const planned = (
  address: string,
  action: PlannedChange["action"],
  type = "aws_iam_role",
): PlannedChange => ({ address, type, action });

/** A change as `terraform show -json` gives it. */
const shown = (
  change: Partial<ShownChange["change"]>,
  { address = "aws_iam_role.a", type = "aws_iam_role", mode = "managed" as const } = {},
): ShownChange => ({
  address,
  type,
  mode,
  change: {
    actions: ["update"],
    before: {},
    after: {},
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: {},
    ...change,
  },
});

const attributesOf = (
  change: Partial<ShownChange["change"]>,
  action: PlannedChange["action"] = "update",
) =>
  changesOf([planned("aws_iam_role.a", action)], { resource_changes: [shown(change)] })[0]
    ?.attributes;

describe("what a plan changes", () => {
  it("is in the order of addresses, in whatever order Terraform tells it", () => {
    const [a, b, c] = ["a", "b", "c"].map((name) => planned(`aws_iam_role.${name}`, "create"));
    if (a === undefined || b === undefined || c === undefined) throw new Error("there are three");
    const inOrder = changesOf([a, b, c]);
    for (const order of [
      [c, b, a],
      [b, c, a],
      [c, a, b],
    ]) {
      expect(changesOf(order)).toEqual(inOrder);
    }
    expect(inOrder.map(({ address }) => address)).toEqual([
      "aws_iam_role.a",
      "aws_iam_role.b",
      "aws_iam_role.c",
    ]);
  });

  it.each([
    ["aws_dynamodb_table", "delete", true],
    ["aws_dynamodb_table", "replace", true],
    ["aws_s3_bucket", "delete", true],
    ["aws_cloudwatch_log_group", "replace", false],
    ["aws_dynamodb_table", "update", false],
    ["aws_dynamodb_table", "create", false],
    ["aws_dynamodb_table", "import", false],
    ["aws_lambda_function", "delete", false],
    ["aws_lambda_function", "replace", false],
  ] as const)("to %s by %s loses data: %s", (type, action, losesData) => {
    expect(changesOf([planned("x.y", action, type)])).toMatchObject([{ losesData }]);
  });

  it("begins with what loses data", () => {
    const changes = changesOf([
      planned("a.a", "create"),
      planned("z.z", "delete", "aws_dynamodb_table"),
      planned("b.b", "delete"),
      planned("y.y", "replace", "aws_dynamodb_table"),
    ]);
    expect(changes.map(({ address }) => address)).toEqual(["y.y", "z.z", "a.a", "b.b"]);
  });
});

describe("the attributes of a change", () => {
  it("are those that differ, old and new, by name", () => {
    const before = { memory_size: 256, timeout: 30, description: "a", tags: { A: "1" } };
    const after = { memory_size: 512, timeout: 30, description: null, tags: { A: "2" }, x: true };
    const change = (name: string, old?: string, next?: string) => ({
      name,
      before: old,
      after: next,
      forcesReplacement: false,
    });
    expect(attributesOf({ before, after })).toEqual([
      change("description", '"a"', undefined),
      change("memory_size", "256", "512"),
      change("tags.A", '"1"', '"2"'),
      change("x", undefined, "true"),
    ]);
  });

  it("are looked for inside of JSON, which policies and API documents are", () => {
    const policy = (resource: string) =>
      JSON.stringify({ Statement: [{ Resource: resource }], V: 1 });
    const change = { before: { policy: policy("a") }, after: { policy: policy("b") } };
    expect(attributesOf(change)).toMatchObject([
      { name: "policy.Statement.0.Resource", before: '"a"', after: '"b"' },
    ]);
    expect(attributesOf({ before: { text: "[x" }, after: { text: "[y" } })).toMatchObject([
      { name: "text", before: '"[x"', after: '"[y"' },
    ]);
  });

  it("say which of them is why the resource cannot stay", () => {
    const change = {
      before: { name: "a", hash_key: "PK", attribute: [{ name: "PK" }] },
      after: { name: "b", hash_key: "PK", attribute: [{ name: "ID" }] },
      replace_paths: [["name"], ["attribute", 0, "name"]],
    };
    expect(attributesOf(change, "replace")).toMatchObject([
      { name: "attribute.0.name", forcesReplacement: true },
      { name: "name", forcesReplacement: true },
    ]);
  });

  it("are not known before the apply where AWS decides; what follows from others is no news", () => {
    const change = {
      before: { url: "https://a", arn: "arn:a", version: "1", last_modified: "x", role: "r" },
      after: { role: "r" },
      after_unknown: { url: true, arn: true, version: true, last_modified: true },
    };
    expect(attributesOf(change)).toEqual([
      {
        name: "url",
        before: '"https://a"',
        after: "(known after it is applied)",
        forcesReplacement: false,
      },
    ]);
    expect(attributesOf({ ...change, replace_paths: [["arn"]] })).toMatchObject([
      { name: "arn", forcesReplacement: true },
      { name: "url" },
    ]);
  });

  it.each([
    ["before", { before_sensitive: { password: true } }],
    ["after", { after_sensitive: { password: true } }],
    ["a part of it", { after_sensitive: { password: [{ value: true }] } }],
    ["the whole resource", { after_sensitive: true, before_sensitive: true }],
  ])("are never shown where they are secret: %s", (_, marks) => {
    const [change] =
      attributesOf({ before: { password: "old" }, after: { password: "new" }, ...marks }) ?? [];
    expect(change).toEqual({
      name: "password",
      before: "(sensitive)",
      after: "(sensitive)",
      forcesReplacement: false,
    });
  });

  it("say of a secret whether there was one", () => {
    const change = { after: { password: "new" }, after_sensitive: { password: true } };
    expect(attributesOf(change)).toMatchObject([{ before: undefined, after: "(sensitive)" }]);
  });

  it("are told of updates and replacements only", () => {
    const change = { before: null, after: { name: "a" } };
    expect(attributesOf(change, "create")).toEqual([]);
    expect(attributesOf(change, "delete")).toEqual([]);
  });
});

describe("a plan that was made earlier", () => {
  it("has the same changes, read from what Terraform shows of it", () => {
    const resource = (name: string, change: Partial<ShownChange["change"]>) =>
      shown(change, { address: `aws_iam_role.${name}` });
    const changes = shownChanges({
      resource_changes: [
        resource("a", { actions: ["create"] }),
        resource("b", { actions: ["delete"] }),
        resource("c", { actions: ["update"], before: { x: 1 }, after: { x: 2 } }),
        resource("d", { actions: ["delete", "create"] }),
        resource("e", { actions: ["create", "delete"] }),
        resource("f", { actions: ["no-op"], importing: { id: "f" } }),
        resource("g", { actions: ["no-op"] }),
        resource("h", { actions: ["forget"] }),
        { ...resource("i", { actions: ["read"] }), mode: "data" },
      ],
    });
    expect(changes.map(({ address, action }) => `${action} ${address.at(-1)}`)).toEqual([
      "create a",
      "delete b",
      "update c",
      "replace d",
      "replace e",
      "import f",
    ]);
    expect(changes[2]?.attributes).toMatchObject([{ name: "x", before: "1", after: "2" }]);
  });

  it("may have none", () => {
    expect(shownChanges({})).toEqual([]);
  });
});
