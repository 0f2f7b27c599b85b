import * as z from "zod";
import { count, path, sha256 } from "../parts/values.ts";

const packaged = z
  .strictObject({
    directory: path("The folder with the artifacts."),
    functions: z
      .array(
        z.strictObject({
          function: z.string().describe("The function's key."),
          status: z.enum(["unchanged", "changed", "new"]).describe("Beside what was there before."),
          zip: path("The artifact."),
          sha256: sha256("Of the artifact, which names it"),
          sourceCodeHash: z.string().describe("The same in Base64, as Lambda says it."),
          zippedBytes: count("How large the zip is."),
          unzippedBytes: count("How large what is in it is."),
          handler: z.string().describe("The module in it, and the export that Lambda calls."),
          runtime: z.string().describe("Lambda's runtime."),
        }),
      )
      .describe("By function."),
  })
  .meta({ title: "package", description: "The artifacts." });

const why = z
  .strictObject({
    module: z.string().describe("A package with its version, or a file."),
    functions: z
      .array(
        z.strictObject({
          function: z.string().describe("The function's key."),
          bytes: count("What is left of it in the artifact; 0 where nothing is."),
          chain: z.array(z.string()).describe("The shortest way from the function's file to it."),
        }),
      )
      .describe("The functions that reach it."),
  })
  .meta({ title: "package --why", description: "Why something is in artifacts." });

export const packageAnswer = z
  .union([packaged, why])
  .meta({ title: "package", description: "The artifacts; or why something is in them." });

export type PackageAnswer = z.infer<typeof packageAnswer>;
