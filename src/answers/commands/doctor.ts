import * as z from "zod";

export const doctorAnswer = z
  .strictObject({
    ok: z.boolean().describe("Whether nothing that is needed is missing."),
    version: z.string().describe("The version of lambdakit."),
    checks: z
      .array(
        z.strictObject({
          name: z.string().describe("What was looked for."),
          status: z
            .enum(["ok", "limited", "missing"])
            .describe("limited: it works, and something does not."),
          found: z.string().describe("What was found."),
          fix: z.string().optional().describe("What to do, where something is to be done."),
        }),
      )
      .describe("What was looked at."),
  })
  .meta({ title: "doctor", description: "Whether this machine has what is needed." });

export type DoctorAnswer = z.infer<typeof doctorAnswer>;
