import type { Problem } from "../../errors/index.ts";
import type { DeclaredNames } from "../declared-names.ts";
import type { Draft } from "../schema.ts";

/** Looks at one kind of meaning. Gets whatever could be read, and says nothing about what could not. */
export type Check = (draft: Draft, declared: DeclaredNames) => Problem[];
