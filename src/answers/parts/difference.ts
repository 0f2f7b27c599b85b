import * as z from "zod";
import { releaseId } from "./values.ts";

export const difference = z
  .strictObject({
    aspect: z
      .enum(["code", "configuration", "permissions", "infrastructure"])
      .describe(
        "An alias moves code and configuration; the other two stay when traffic goes back.",
      ),
    what: z
      .string()
      .describe("What differs.")
      .meta({ examples: ["list memoryMb"] }),
    before: z.string().nullable().describe("What it was; null where it was not there."),
    after: z.string().nullable().describe("What it is; null where it is not there."),
  })
  .meta({ id: "Difference", description: "One thing that two releases have otherwise." });

export const staying = z
  .array(difference)
  .describe("What stays as it is, because no alias moves it.");

export const wayBack = z
  .strictObject({
    release: releaseId("The release that is live, and would be again."),
    versions: z
      .record(z.string(), z.string())
      .describe("By the function's name in AWS: the version that its alias would lead to."),
    staying,
  })
  .nullable()
  .meta({ id: "WayBack", description: "The way back to what is live; null where nothing is." });
