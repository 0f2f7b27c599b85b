import type { Terminal } from "../../system/index.ts";

/** How something is shown: as wide as the terminal, in what it can show. */
export type Screen = Pick<Terminal, "columns" | "unicode" | "color">;
