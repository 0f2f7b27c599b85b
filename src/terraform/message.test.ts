import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMessages } from "./message.ts";

const read = (message: object) => readMessages(JSON.stringify(message))[0];
const table = {
  addr: 'module.table["products"].aws_dynamodb_table.disposable[0]',
  resource_type: "aws_dynamodb_table",
};

describe("a line of Terraform's output", () => {
  it("tells of an error, and of the resource that it is about", () => {
    const diagnostic = {
      severity: "error",
      summary: "creating IAM Role (x): EntityAlreadyExists",
      detail: "",
      address: "aws_iam_role.x",
      range: { filename: "main.tf" },
    };
    expect(read({ "@level": "error", type: "diagnostic", diagnostic })).toEqual({
      type: "diagnostic",
      diagnostic: {
        severity: "error",
        summary: "creating IAM Role (x): EntityAlreadyExists",
        detail: "",
        address: "aws_iam_role.x",
      },
    });
  });

  it("tells of a warning, which may be of no resource", () => {
    const diagnostic = { severity: "warning", summary: "Deprecated", detail: "Use another." };
    expect(read({ type: "diagnostic", diagnostic })).toEqual({ type: "diagnostic", diagnostic });
  });

  it.each(["create", "update", "replace", "delete", "import"])(
    "tells of a planned %s",
    (action) => {
      expect(read({ type: "planned_change", change: { resource: table, action } })).toEqual({
        type: "planned",
        change: { address: table.addr, type: "aws_dynamodb_table", action },
      });
    },
  );

  it.each(["read", "noop", "move", "remove"])(
    "that plans a %s changes nothing in AWS",
    (action) => {
      const message = { type: "planned_change", change: { resource: table, action } };
      expect(read(message)).toBeUndefined();
    },
  );

  it("tells of what was done, with its time, and of what failed", () => {
    const hook = { resource: table, action: "create", elapsed_seconds: 7 };
    const { addr: address } = table;
    expect(read({ type: "apply_complete", hook })).toEqual({
      type: "done",
      address,
      action: "create",
      seconds: 7,
    });
    expect(read({ type: "apply_errored", hook })).toEqual({
      type: "failed",
      address,
      action: "create",
    });
  });

  it("of another kind says nothing of use", () => {
    expect(read({ type: "version", terraform: "1.11.4", ui: "1.2" })).toBeUndefined();
    expect(read({ type: "apply_start", hook: { resource: table } })).toBeUndefined();
    expect(readMessages("Initializing the backend...\n\n")).toEqual([]);
  });

  it("may be anything at all, and is read or left out", () => {
    const types = ["diagnostic", "planned_change", "apply_complete", "apply_errored", "version"];
    const message = fc.record(
      {
        type: fc.constantFrom(...types),
        diagnostic: fc.jsonValue(),
        change: fc.oneof(fc.jsonValue(), fc.record({ action: fc.constant("create") })),
        hook: fc.jsonValue(),
      },
      { requiredKeys: ["type"] },
    );
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      message.map((one) => JSON.stringify(one)),
    );
    fc.assert(
      fc.property(line, (text) => {
        expect(() => readMessages(text)).not.toThrow();
      }),
    );
  });
});
