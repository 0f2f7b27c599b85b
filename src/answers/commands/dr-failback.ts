import * as z from "zod";
import { callersMoveFields } from "../parts/callers-move.ts";

export const drFailbackAnswer = z
  .strictObject(callersMoveFields)
  .meta({ title: "dr failback", description: "That callers are led back." });

export type DrFailbackAnswer = z.infer<typeof drFailbackAnswer>;
