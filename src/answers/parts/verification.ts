import * as z from "zod";
import { amount } from "./values.ts";

const check = z
  .strictObject({
    id: z.string().describe("The same in every run."),
    what: z.string().describe("What is expected."),
    route: z
      .string()
      .nullable()
      .describe("The route that it is about; null where it is about none."),
    passed: z.boolean().describe("Whether it was so."),
    detail: z.string().nullable().describe("What came instead; null where it passed."),
    milliseconds: amount("How long its answers took; 0 where it looks at those of other checks."),
  })
  .meta({
    id: "Check",
    description: "One thing that was asked of the API.",
    examples: [
      {
        id: "POST /v1.0/products body.price.pattern",
        what: "refuses a body with a wrong price, with 400",
        route: "POST /v1.0/products",
        passed: true,
        detail: null,
        milliseconds: 12.5,
      },
    ],
  });

/** What `verify` saw; part of what other commands answer. */
export const verificationFields = {
  url: z.string().describe("Where it was asked."),
  passed: z.boolean().describe("Whether every check passed."),
  checks: z.array(check).describe("Each check, in the order of the routes."),
};

export const verification = z
  .strictObject(verificationFields)
  .meta({ id: "Verification", description: "What verify saw at a URL." });

export const verificationOrNone = verification
  .nullable()
  .describe("What verify saw afterwards; null where it was not asked.");
