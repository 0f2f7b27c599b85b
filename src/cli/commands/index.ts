import type { Command } from "../command.ts";
import { dev } from "./dev.ts";
import { doctor } from "./doctor.ts";
import { explain } from "./explain.ts";
import { generate } from "./generate.ts";

/** In the order in which somebody meets them. */
export const commands: readonly Command[] = [dev, explain, generate, doctor];
