import * as z from "zod";
import { callersMoveFields } from "../parts/callers-move.ts";

export const drFailoverAnswer = z.strictObject(callersMoveFields).meta({
  title: "dr failover",
  description: "That callers are led to where the service stands by.",
});

export type DrFailoverAnswer = z.infer<typeof drFailoverAnswer>;
