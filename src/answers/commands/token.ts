import * as z from "zod";
import { moment } from "../parts/values.ts";

export const tokenAnswer = z
  .strictObject({
    token: z.string().describe("What stands behind `Bearer `."),
    issuer: z.string().describe("Who gives it: this machine."),
    audience: z.string().describe("Whom it is for."),
    subject: z.string().describe("Who has it."),
    scopes: z.array(z.string()).describe("What it allows."),
    expiresAt: moment("Until when it is good"),
  })
  .meta({ title: "token", description: "A token for lambdakit dev, and for nobody else." });

export type TokenAnswer = z.infer<typeof tokenAnswer>;
