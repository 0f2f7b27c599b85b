/** A step that is done, and how long it took, in columns. */
export function stepText({ what, milliseconds }: { what: string; milliseconds: number }): string {
  return `${what.padEnd(48)}${(milliseconds / 1000).toFixed(2).padStart(7)} s`;
}
