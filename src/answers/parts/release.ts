import * as z from "zod";
import { count, environmentName, moment, releaseId, sha256 } from "./values.ts";

/** Who did something, when, and from where. */
export const originFields = {
  at: moment("When"),
  by: z.string().describe("Who: the ARN of whoever called AWS."),
  from: z
    .strictObject({
      host: z.string().describe("The machine."),
      user: z.string().describe("Whoever was logged in there."),
      pid: count("The number of the process there."),
      run: z
        .string()
        .nullable()
        .describe("The workflow's run: a URL; null where a person typed it."),
    })
    .describe("From where."),
};

export const release = z
  .strictObject({
    id: releaseId("Digits of the digest of its contents: the same contents are the same release."),
    service: z.string().describe("The service's name."),
    manifestSha256: sha256("Of the manifest"),
    stackSha256: sha256("Of Terraform's modules"),
    plans: z.record(environmentName, sha256("Of the service plan")).describe("By environment."),
    artifacts: z
      .record(
        z.string(),
        z.strictObject({
          sha256: sha256("Of the zip"),
          bytes: count("How large it is."),
        }),
      )
      .describe("By the function's key."),
    sbomSha256: sha256("Of the bill of materials"),
    built: z
      .strictObject({
        ...originFields,
        commit: z
          .strictObject({
            sha: z.string().describe("Git's."),
            isClean: z.boolean().describe("Whether nothing beside it lay in the folder."),
          })
          .nullable()
          .describe("What it was built from; null without Git."),
        lambdakit: z.string().describe("The version of lambdakit."),
      })
      .describe("Who built it, when, and of what."),
  })
  .meta({ id: "Release", description: "A release, as it is recorded once and never changed." });
