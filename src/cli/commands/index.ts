import type { Command } from "../command.ts";
import { dev } from "./dev.ts";
import { doctor } from "./doctor.ts";
import { explain } from "./explain.ts";
import { generate } from "./generate.ts";
import { packageCommand } from "./package.ts";

/** In the order in which somebody meets them. */
export const commands: readonly Command[] = [dev, explain, packageCommand, generate, doctor];
