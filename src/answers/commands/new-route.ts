import * as z from "zod";
import { madeFilesFields } from "../parts/made-files.ts";

export const newRouteAnswer = z
  .strictObject(madeFilesFields)
  .meta({ title: "new route", description: "What was changed for a new route." });

export type NewRouteAnswer = z.infer<typeof newRouteAnswer>;
