import { describe, expect, it } from "vitest";
import { changesOf } from "../../terraform/changes.ts";
import type { AttributeChange, Change } from "../../terraform/index.ts";
import { createStyle } from "../style.ts";
import { changesText, doneText } from "./changes-text.ts";

const plain = createStyle(false);

const change = (address: string, action: Change["action"], more: Partial<Change> = {}): Change => ({
  address,
  type: "aws_x",
  action,
  losesData: false,
  attributes: [],
  ...more,
});

const attribute = (name: string, before?: string, after?: string, forcesReplacement = false) =>
  ({ name, before, after, forcesReplacement }) satisfies AttributeChange;

describe("what a plan changes, as text", () => {
  it("has a line and a sign for each resource, and how many there are", () => {
    const changes = [
      change("a.new", "create"),
      change("a.changed", "update", { attributes: [attribute("memory_size", "256", "512")] }),
      change("a.other", "replace", { attributes: [attribute("name", '"a"', '"b"', true)] }),
      change("a.gone", "delete"),
      change("a.found", "import"),
    ];
    expect(changesText(changes, plain).split("\n")).toEqual([
      "+ a.new",
      "~ a.changed",
      "    memory_size  256 -> 512",
      "± a.other  replace",
      '    name  "a" -> "b"',
      "      which cannot be changed in place",
      "- a.gone  delete",
      "< a.found  import",
      "",
      "1 to create, 1 to update, 1 to replace, 1 to delete, 1 to import",
    ]);
  });

  it("says what was nothing before, or will be nothing", () => {
    const attributes = [attribute("a", undefined, "1"), attribute("b", "1", undefined)];
    expect(changesText([change("x.y", "update", { attributes })], plain)).toContain(
      "    a  nothing -> 1\n    b  1 -> nothing\n",
    );
  });

  it("begins with the data that would be lost, and says so", () => {
    const table = {
      address: 'module.table["products"].aws_dynamodb_table.disposable[0]',
      type: "aws_dynamodb_table",
      action: "replace",
    } as const;
    const role = { address: "aws_iam_role.a", type: "aws_iam_role", action: "create" } as const;
    expect(
      changesText(changesOf([role, table]), plain)
        .split("\n")
        .slice(0, 3),
    ).toEqual([`± ${table.address}  replace`, "    ALL ITS DATA IS LOST", "+ aws_iam_role.a"]);
  });

  it("never shows what is secret", () => {
    const planned = [{ address: "a.b", type: "a", action: "update" } as const];
    const shown = {
      resource_changes: [
        {
          address: "a.b",
          type: "a",
          mode: "managed",
          change: {
            actions: ["update"],
            before: { password: "correct horse" }, // not-a-secret: of this test
            after: { password: "battery staple" }, // not-a-secret: of this test
            after_unknown: {},
            before_sensitive: { password: true },
            after_sensitive: {},
          },
        },
      ],
    } as const;
    expect(changesText(changesOf(planned, shown), plain)).toContain(
      "\n    password  (sensitive) -> (sensitive)\n",
    );
  });

  it("cuts values, so that attributes fit into 80 columns", () => {
    const long = JSON.stringify({ Statement: "x".repeat(500) });
    const attributes = ["policy", "an_attribute_with_a_long_name", "tags_all"].flatMap((name) => [
      attribute(name, long, long.toUpperCase(), true),
      attribute(name, long, undefined),
      attribute(name, "1", long),
    ]);
    const lines = changesText([change("a.b", "replace", { attributes })], plain).split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines[1]).toMatch(/^ {4}policy {2}\{"Statement":"x+… -> \{"STATEMENT":.*…$/);
  });

  it("is red where something is lost, and nowhere without colours", () => {
    const changes = [change("a.gone", "delete", { losesData: true }), change("a.new", "create")];
    const red = changesText(changes, createStyle(true));
    expect(red.startsWith("\u001b[31m- a.gone  delete\u001b")).toBe(true);
    expect(red).toContain("\n+ a.new\n");
    expect(changesText(changes, plain)).not.toContain("\u001b");
  });

  it("is one line where nothing changes", () => {
    expect(changesText([], plain)).toBe("No changes.");
    expect(doneText([])).toBe("no changes");
  });
});
