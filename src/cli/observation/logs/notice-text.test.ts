import { describe, expect, it } from "vitest";
import { LambdakitError } from "../../../errors/index.ts";
import { createStyle } from "../../style.ts";
import { noticeText } from "./notice-text.ts";

const error = new LambdakitError("AWS_THROTTLED", {
  message: "AWS was asked too often.\nTo read g: Rate exceeded",
  fix: "wait",
});

describe("what is said of reading logs", () => {
  it.each([
    [
      { type: "no-group", key: "list", name: "g" },
      "list: there is no log group g. A deployment makes it.",
    ],
    [
      { type: "not-allowed", key: "list", error },
      "list: these credentials may not read its log. To read g: Rate exceeded",
    ],
    [{ type: "found", key: "list" }, "list: its log can be read now."],
    [{ type: "waiting", because: error }, "Trying again: To read g: Rate exceeded"],
    [
      { type: "behind", seconds: 20, because: error },
      "Lines come 20 s late: To read g: Rate exceeded",
    ],
    [
      { type: "behind", seconds: 20, because: null },
      "Lines come 20 s late: there are more than can be read.",
    ],
    [{ type: "caught-up" }, "Lines come in time again."],
  ] as const)("%j", (notice, text) => {
    expect(noticeText(notice, createStyle(false))).toBe(text);
  });
});
