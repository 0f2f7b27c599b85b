import { setTimeout } from "node:timers/promises";
import type { World } from "../command.ts";

/**
 * Shows a text again and again, until Ctrl-C: on a screen in the same place, elsewhere one below the other.
 *
 * @param isLines whether each text is a line of its own, with nothing in between
 */
export async function redrawn(
  { terminal, interrupted }: World,
  seconds: number,
  isLines: boolean,
  text: () => Promise<string>,
): Promise<void> {
  const isInPlace = terminal.isScreen && !isLines;
  const ended = new Promise<undefined>((resolve) => {
    interrupted.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  for (let isFirst = true; !interrupted.aborted; isFirst = false) {
    // Whoever presses Ctrl-C does not wait for AWS.
    const shown = await Promise.race([text(), ended]);
    if (shown === undefined) return;
    if (isInPlace) terminal.out(inPlace(`${shown}\n\nevery ${seconds} s; Ctrl-C ends it`, isFirst));
    else terminal.out(isFirst || isLines ? shown : `\n${shown}`);
    await setTimeout(seconds * 1000, undefined, { signal: interrupted }).catch(() => undefined);
  }
}

/** Over what stands there, line by line: to clear the screen first would make it flicker. */
function inPlace(text: string, isFirst: boolean): string {
  const clear = isFirst ? "\u001b[2J" : "";
  const lines = text.split("\n").map((line) => `${line}\u001b[K`);
  return `${clear}\u001b[H${lines.join("\n")}\u001b[J`;
}
