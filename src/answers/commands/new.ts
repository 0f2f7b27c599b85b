import * as z from "zod";
import { madeFilesFields } from "../parts/made-files.ts";

export const newAnswer = z
  .strictObject(madeFilesFields)
  .meta({ title: "new", description: "The files of a new service." });

export type NewAnswer = z.infer<typeof newAnswer>;
