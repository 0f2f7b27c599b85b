import * as z from "zod";
import { madeFilesFields } from "../parts/made-files.ts";

export const newEntityAnswer = z
  .strictObject(madeFilesFields)
  .meta({ title: "new entity", description: "The files of a further entity." });

export type NewEntityAnswer = z.infer<typeof newEntityAnswer>;
