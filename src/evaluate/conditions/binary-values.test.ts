import { describe } from "vitest";
import { applies, checkCases, ignores } from "../../../test/policy-cases.ts";

const operators =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html";
const when = (value: string) => ({ Condition: { BinaryEquals: { "aws:k": value } } });
const has = (value: string) => ({ context: { "aws:k": value } });

describe("BinaryEquals", () => {
  checkCases(`${operators}#Conditions_BinaryEquals`, [
    applies(
      "the same bytes",
      when("QmluYXJ5VmFsdWVJbkJhc2U2NA=="),
      has("QmluYXJ5VmFsdWVJbkJhc2U2NA=="),
    ),
    applies("the same bytes without padding", when("YQ=="), has("YQ")),
    ignores("other bytes", when("YQ=="), has("Yg==")),
    ignores("minds the case, which is other bytes", when("YWFh"), has("ywfh")),
    ignores("no key", when("YQ=="), { context: {} }),
  ]);
});
