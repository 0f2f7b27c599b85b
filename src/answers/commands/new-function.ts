import * as z from "zod";
import { madeFilesFields } from "../parts/made-files.ts";

export const newFunctionAnswer = z
  .strictObject(madeFilesFields)
  .meta({ title: "new function", description: "The files of a new function." });

export type NewFunctionAnswer = z.infer<typeof newFunctionAnswer>;
